// What customers read, in Chinese and English; every sentence of every message is here.
import type { Kind } from './kinds.ts'

export type Language = 'zh' | 'en'

/** What a text may speak of. Amounts are written out, with their currency. */
export interface Told {
  readonly merchant: string
  readonly number: string
  readonly name: string
  readonly amount: string
  /** Units that this message is about. */
  readonly units: number
  /** Whether it is about the whole order. */
  readonly whole: boolean
  /** The day on which it arrives at the latest; '' where none is known. */
  readonly day: string
}

export interface Template {
  subject(told: Told): string
  /** Paragraphs, in their order. */
  body(told: Told): readonly string[]
  /** Whether the goods are listed below. */
  readonly lists_goods: boolean
}

interface Frame {
  readonly lang: string
  greeting(name: string): string
  readonly button: string
  readonly total: string
  readonly number: string
  readonly closing: (merchant: string) => string
  readonly link_hint: string
}

export const frames: Readonly<Record<Language, Frame>> = {
  zh: {
    lang: 'zh-CN',
    greeting: (name) => (name === '' ? '您好：' : `${name}，您好：`),
    button: '查看订单进度',
    total: '合计',
    number: '订单号',
    closing: (merchant) => `感谢您选择${merchant}。`,
    link_hint: '若按钮无法打开，请复制以下链接到浏览器：',
  },
  en: {
    lang: 'en',
    greeting: (name) => (name === '' ? 'Hello,' : `Hello ${name},`),
    button: 'See your order',
    total: 'Total',
    number: 'Order',
    closing: (merchant) => `Thank you for shopping with ${merchant}.`,
    link_hint: 'If the button does not work, copy this address into your browser:',
  },
}

export const templates: Readonly<Record<Language, Readonly<Record<Kind, Template>>>> = {
  zh: {
    confirmed: {
      subject: ({ number }) => `订单已确认（${number}）`,
      body: () => ['我们已收到您的订单，正在为您备货。发货后我们会再次通知您。'],
      lists_goods: true,
    },
    shipped: {
      subject: ({ number, whole }) => (whole ? `您的订单已发货（${number}）` : `您的订单已部分发货（${number}）`),
      body: ({ units, whole }) => [
        whole ? '您的商品已全部发出。' : `您的订单中有 ${units} 件商品已发出，其余商品将另行发货。`,
        '点击下方按钮可随时查看物流进度。',
      ],
      lists_goods: false,
    },
    delivered: {
      subject: ({ number }) => `您的包裹已送达（${number}）`,
      body: ({ whole }) => [
        whole ? '您的订单已全部送达。' : '您的一个包裹已送达，其余包裹仍在途中。',
        '如有任何问题，请通过下方按钮与我们联系。',
      ],
      lists_goods: false,
    },
    cancelled: {
      subject: ({ number, whole }) => (whole ? `订单已取消（${number}）` : `订单中的部分商品已取消（${number}）`),
      body: ({ whole, units }) => [
        whole ? '您的订单已取消。' : `您的订单中有 ${units} 件商品已取消，其余商品不受影响。`,
        '如已付款，相应款项将原路退回；退款完成后我们会另行通知。',
      ],
      lists_goods: false,
    },
    refunded: {
      subject: ({ number }) => `退款已完成（${number}）`,
      body: ({ amount }) => [`我们已为您退款 ${amount}，款项将退回原支付方式，到账时间以支付机构为准。`],
      lists_goods: false,
    },
    backordered: {
      subject: ({ number }) => `部分商品暂时缺货（${number}）`,
      body: ({ units }) => [
        `很抱歉，您的订单中有 ${units} 件商品暂时缺货。到货后我们将立即为您发货，您无需进行任何操作。`,
      ],
      lists_goods: false,
    },
    delayed: {
      subject: ({ number }) => `您的订单将延迟送达（${number}）`,
      body: ({ day }) => [
        day === ''
          ? '很抱歉，您的订单无法按承诺时间送达。'
          : `很抱歉，您的订单无法按承诺时间送达，预计最晚于${day}送达。`,
        '您无需进行任何操作；如有问题，请通过下方按钮与我们联系。',
      ],
      lists_goods: false,
    },
  },
  en: {
    confirmed: {
      subject: ({ number }) => `Your order ${number} is confirmed`,
      body: () => ['We have your order and are getting it ready. We will write again when it ships.'],
      lists_goods: true,
    },
    shipped: {
      subject: ({ number, whole }) =>
        whole ? `Your order ${number} has shipped` : `Part of your order ${number} has shipped`,
      body: ({ units, whole }) => [
        whole
          ? 'Everything in your order is on its way.'
          : `${items(units)} on the way; the rest of your order follows.`,
        'Follow it any time with the button below.',
      ],
      lists_goods: false,
    },
    delivered: {
      subject: ({ number }) => `Delivered: your order ${number}`,
      body: ({ whole }) => [
        whole
          ? 'Your whole order has been delivered.'
          : 'One of your parcels has been delivered; the rest is still on its way.',
        'If anything is not as it should be, tell us with the button below.',
      ],
      lists_goods: false,
    },
    cancelled: {
      subject: ({ number, whole }) =>
        whole ? `Your order ${number} is cancelled` : `Part of your order ${number} is cancelled`,
      body: ({ whole, units }) => [
        whole ? 'Your order has been cancelled.' : `${items(units)} cancelled; the rest of your order is not affected.`,
        'What you have paid for it goes back the way it came; we will write when it has.',
      ],
      lists_goods: false,
    },
    refunded: {
      subject: ({ number }) => `Refund for your order ${number}`,
      body: ({ amount }) => [`We have refunded ${amount} to the way you paid. Your bank decides when you see it.`],
      lists_goods: false,
    },
    backordered: {
      subject: ({ number }) => `A delay with your order ${number}`,
      body: ({ units }) => [
        `We are sorry: ${items(units)} not in stock right now. We will send it as soon as it arrives; you need not do anything.`,
      ],
      lists_goods: false,
    },
    delayed: {
      subject: ({ number }) => `Your order ${number} will be late`,
      body: ({ day }) => [
        day === ''
          ? 'We are sorry: your order will not arrive when we promised.'
          : `We are sorry: your order will not arrive when we promised. You have it by ${day} at the latest.`,
        'You need not do anything; if this is a problem, tell us with the button below.',
      ],
      lists_goods: false,
    },
  },
}

function items(units: number): string {
  return units === 1 ? '1 item is' : `${units} items are`
}
