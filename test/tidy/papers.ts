// What must agree between two files: dependencies and their decision record, the words of two languages, rules and STYLE.md.

/** The packages of package.json without a row in the decision record, and rows without a package. */
export function dependencyFaults(packageJson: string, record: string): string[] {
  const {
    dependencies,
    devDependencies,
    optionalDependencies,
  }: Record<string, Record<string, string>> = JSON.parse(packageJson)
  const used = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
  const rows = tableRows(record).filter(([name]) => /^`[^`]+`$/.test(name ?? ''))
  const recorded = rows.map(([name]) => (name ?? '').replaceAll('`', ''))
  return [
    ...used.filter((name) => !recorded.includes(name)).map((name) => `${name} has no row`),
    ...recorded.filter((name) => !used.includes(name)).map((name) => `${name} has a row but is not used`),
    ...rows
      .filter((cells) => cells.length < 4 || cells.includes(''))
      .map(([name]) => `${name} lacks why, licence or alternatives`),
  ]
}

/** Where two language files differ: keys, placeholders, empty texts. */
export function localeFaults(one: string, other: string): string[] {
  const [left, right] = [withoutPlurals(flatten(JSON.parse(one))), withoutPlurals(flatten(JSON.parse(other)))]
  const keys = new Set([...left.keys(), ...right.keys()])
  return [...keys].flatMap((key) => {
    const [a, b] = [left.get(key), right.get(key)]
    if (a === undefined || b === undefined)
      return [`${key} is missing in ${a === undefined ? 'the first' : 'the second'}`]
    if (a.trim() === '' || b.trim() === '') return [`${key} is empty`]
    return placeholders(a) === placeholders(b) ? [] : [`${key} has other placeholders`]
  })
}

/** The cells of every table row of a Markdown text, heads and rulers left out by their lack of meaning to the caller. */
export function tableRows(markdown: string): string[][] {
  return markdown
    .split('\n')
    .filter((line) => /^\|.*\|\s*$/.test(line))
    .map((line) =>
      line
        .trim()
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    )
}

function flatten(value: unknown, prefix = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[prefix, String(value)]])
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...flatten(inner, prefix === '' ? key : `${prefix}.${key}`)]),
  )
}

// English has forms of number where Chinese has one: key_one and its kind give way to key_other, which every language has.
function withoutPlurals(texts: Map<string, string>): Map<string, string> {
  return new Map([...texts].filter(([key]) => !/_(zero|one|two|few|many)$/.test(key)))
}

function placeholders(text: string): string {
  return [...text.matchAll(/\{\{-?\s*(\w+)[^}]*\}\}/g)]
    .map(([, name]) => name)
    .sort()
    .join()
}
