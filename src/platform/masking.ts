// Personal data as most people see it: enough to recognise, not enough to use. What is shown in full is asked for and logged.

/** `138****0000`: three digits and four stay, a country code too; a shorter number keeps its last two. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/[^\d+]/g, '')
  if (digits === '') return ''
  const country = /^\+(?:1(?=\d{10}$)|7(?=\d{10}$)|\d\d)/.exec(digits)?.[0] ?? ''
  const local = digits.slice(country.length)
  if (local.length < 8) return `${country}****${local.slice(-2)}`
  return `${country}${local.slice(0, 3)}****${local.slice(-4)}`
}

/** `a***@example.com`: the first character and the domain stay. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  if (at < 1) return '***'
  const [first = ''] = email
  return `${first}***${email.slice(at)}`
}

const HAN = /\p{Script=Han}/u
// The double surnames that are in use; the rest are of one character.
const DOUBLE_SURNAMES = new Set(
  '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐'.split(
    ' ',
  ),
)

/** `张*`, `欧阳**`, `M*** S***`: a Chinese name keeps its surname, every other word its first character. */
export function maskName(name: string): string {
  const plain = name.trim()
  if (plain === '') return ''
  if (HAN.test(plain)) {
    const characters = [...plain]
    const kept = characters.length > 2 && DOUBLE_SURNAMES.has(characters.slice(0, 2).join('')) ? 2 : 1
    return characters.slice(0, kept).join('') + '*'.repeat(Math.max(1, characters.length - kept))
  }
  return plain
    .split(/\s+/)
    .map((word) => `${[...word][0] ?? ''}***`)
    .join(' ')
}

/** An address line: nothing of it, only that there is one. */
export function maskAddress(line: string): string {
  return line.trim() === '' ? '' : '***'
}
