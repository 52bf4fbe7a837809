// The hosted page where a customer of the sandbox confirms a payment: one question, five ways that it can go, in Chinese and English.
import { formatMinor } from '../platform/money.ts'
import type { Operation, Payment } from './ledger.ts'

export const choices = ['approve', 'decline', 'timeout', 'late', 'duplicate'] as const
export type Choice = (typeof choices)[number]

const texts = {
  zh: {
    lang: 'zh-CN',
    title: '安全支付验证',
    bank: '沙盒银行',
    sandbox: '沙盒环境，不会产生真实扣款',
    merchant: '订单参考号',
    method: { card: '银行卡', wallet: '电子钱包' },
    ask: '您的银行需要您确认这笔付款。',
    approve: '确认支付',
    decline: '拒绝',
    more: '用于测试的特殊情况',
    timeout: '不作答（超时）',
    late: '支付成功，但银行通知迟到',
    duplicate: '支付成功，通知重复发送',
    decided: {
      approve: '付款已确认',
      decline: '付款已拒绝',
      timeout: '银行没有答复',
      late: '银行处理中',
      duplicate: '付款已确认',
    },
    over: '此页面已失效。',
    back: '返回商家',
  },
  en: {
    lang: 'en',
    title: 'Confirm your payment',
    bank: 'Sandbox Bank',
    sandbox: 'Sandbox: no real money moves',
    merchant: 'Reference',
    method: { card: 'Card', wallet: 'Wallet' },
    ask: 'Your bank asks you to confirm this payment.',
    approve: 'Confirm payment',
    decline: 'Decline',
    more: 'Special cases for testing',
    timeout: 'Give no answer (time-out)',
    late: 'Paid, but the bank tells it late',
    duplicate: 'Paid, and told several times',
    decided: {
      approve: 'Payment confirmed',
      decline: 'Payment declined',
      timeout: 'The bank gave no answer',
      late: 'The bank is still working on it',
      duplicate: 'Payment confirmed',
    },
    over: 'This page is no longer open.',
    back: 'Back to the shop',
  },
} as const

type Texts = (typeof texts)[keyof typeof texts]

/** The page of a payment; `decided` is the choice that was just made. */
export function challengePage(payment: Payment, page: Operation, decided: Choice | null): string {
  const text = payment.locale.startsWith('zh') ? texts.zh : texts.en
  const method = payment.method === 'card' ? text.method.card : text.method.wallet
  const amount = `${formatMinor(BigInt(payment.amount), payment.currency)} ${payment.currency}`
  const body =
    page.status === 'waiting' && decided === null && !payment.late
      ? question(text, payment)
      : verdict(text, payment, page, decided)
  return `<!doctype html>
<html lang="${text.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text.title}</title><style>${STYLE}</style></head>
<body><main>
<header><span class="mark" aria-hidden="true"></span><strong>${text.bank}</strong></header>
<p class="note">${text.sandbox}</p>
<h1>${text.title}</h1>
<p class="amount">${escapeHtml(amount)}</p>
<dl><div><dt>${text.merchant}</dt><dd>${escapeHtml(payment.reference.slice(0, 13))}…</dd></div><div><dt>${method}</dt><dd>•••• 4242</dd></div></dl>
${body}
</main></body></html>`
}

function question(text: Texts, payment: Payment): string {
  const button = (choice: Choice, label: string, kind: string) =>
    `<button class="${kind}" name="choice" value="${choice}">${label}</button>`
  return `<p>${text.ask}</p>
<form method="post" action="/pay/${encodeURIComponent(payment.payment_id)}">
${button('approve', text.approve, 'primary')}${button('decline', text.decline, 'plain')}
<details><summary>${text.more}</summary>${button('timeout', text.timeout, 'small')}${button('late', text.late, 'small')}${button('duplicate', text.duplicate, 'small')}</details>
</form>`
}

function verdict(text: Texts, payment: Payment, page: Operation, decided: Choice | null): string {
  const paid = page.status === 'authorised' || page.status === 'captured'
  const state = decided ?? (payment.late ? 'late' : paid ? 'approve' : page.status === 'declined' ? 'decline' : null)
  const sentence = state === null ? text.over : text.decided[state]
  const back =
    payment.return_url === null
      ? ''
      : `<a class="primary" href="${escapeHtml(payment.return_url)}" rel="noreferrer">${text.back}</a>`
  return `<p class="verdict ${paid ? 'good' : 'wait'}" role="status">${sentence}</p>${back}`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
}

const STYLE = `
:root{color-scheme:light dark;--ink:#14213d;--soft:#5b6475;--line:#e3e6ec;--paper:#fff;--ground:#f2f4f8;--brand:#1d4ed8;--good:#0f766e;--wait:#92400e}
@media(prefers-color-scheme:dark){:root{--ink:#e8ecf4;--soft:#9aa5b8;--line:#2b3446;--paper:#161d2b;--ground:#0d121c;--brand:#3b82f6;--good:#2dd4bf;--wait:#fbbf24}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;background:var(--ground);color:var(--ink);
font:16px/1.6 -apple-system,"PingFang SC","Noto Sans SC","Microsoft YaHei",system-ui,sans-serif}
main{width:100%;max-width:400px;background:var(--paper);border:1px solid var(--line);border-radius:16px;padding:28px;box-shadow:0 12px 40px rgba(10,20,50,.08)}
header{display:flex;align-items:center;gap:10px}.mark{width:28px;height:28px;border-radius:8px;background:linear-gradient(135deg,var(--brand),#7c3aed)}
.note{margin:12px 0 0;font-size:13px;color:var(--wait)}h1{font-size:20px;margin:20px 0 4px}.amount{font-size:34px;font-weight:650;margin:0 0 16px;font-variant-numeric:tabular-nums}
dl{margin:0 0 16px;border-top:1px solid var(--line)}dl div{display:flex;justify-content:space-between;padding:10px 0;border-bottom:1px solid var(--line)}dt{color:var(--soft)}dd{margin:0;font-variant-numeric:tabular-nums}
form{display:grid;gap:10px}button,a.primary{font:inherit;min-height:48px;border-radius:10px;border:1px solid var(--line);background:transparent;color:var(--ink);cursor:pointer;text-align:center}
.primary{background:var(--brand)!important;border-color:var(--brand)!important;color:#fff!important;font-weight:600}a.primary{display:block;line-height:48px;text-decoration:none}
button:focus-visible,a:focus-visible,summary:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
details{margin-top:6px}summary{cursor:pointer;color:var(--soft);padding:8px 0;font-size:14px}.small{width:100%;margin-top:8px;min-height:44px;font-size:14px}
.verdict{font-weight:600;padding:14px;border-radius:10px;border:1px solid currentColor}.good{color:var(--good)}.wait{color:var(--wait)}`
