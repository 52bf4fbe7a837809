// Money: figures that add up from goods to what is due, the tenders behind them, and the journal behind the tenders.
import { Drawer } from 'antd'
import { useState } from 'react'
import type { Booking, OrderMoney, Tender } from '../../../src/contracts/views-money.ts'
import type { OrderDetail } from '../../../src/contracts/views-orders.ts'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Icon } from '../parts/icon.tsx'
import { Card } from '../parts/page.tsx'
import { State } from '../parts/states.tsx'
import { Ago, Money, TimeLeft } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { useOrderMoney } from './order-data.ts'

export function MoneyCard({ order }: { order: OrderDetail }) {
  const { t } = useText()
  const { data, error, refetch } = useOrderMoney(order.order_id, true)
  const [isOpen, setOpen] = useState(false)
  const journal = data !== undefined && data.journal.length > 0 && (
    <button type="button" className="ghost" onClick={() => setOpen(true)}>
      <Icon name="table" size={14} />
      {t('money_card.journal')}
    </button>
  )
  return (
    <Card id="money" title={t('order.money')} extra={journal}>
      {error !== null && data === undefined && <Trouble error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows rows={4} />}
      {data !== undefined && (
        <>
          <Sum money={data} />
          {data.tenders.map((tender) => (
            <TenderRow key={tender.intent_id} tender={tender} />
          ))}
        </>
      )}
      <Drawer
        open={isOpen}
        onClose={() => setOpen(false)}
        size={560}
        title={`${t('money_card.journal')} · ${order.number}`}
      >
        {data !== undefined && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: where the drawer is too small for it, the keyboard scrolls it
          <section tabIndex={0} aria-label={t('money_card.journal')}>
            <Journal bookings={data.journal} />
          </section>
        )}
      </Drawer>
    </Card>
  )
}

function Sum({ money }: { money: OrderMoney }) {
  const { t } = useText()
  const row = (name: string, amount: number, isAlways = false, style = '') =>
    (amount !== 0 || isAlways) && (
      <div className={style}>
        <dt>{name}</dt>
        <dd>
          <Money amount={amount} currency={money.currency} />
        </dd>
      </div>
    )
  return (
    <dl className="sum">
      {row(t('money_card.goods'), money.goods, true)}
      {row(t('money_card.discounts'), -money.discounts)}
      {row(t('money_card.charges'), money.charges)}
      {!money.prices_include_tax && row(t('money_card.tax'), money.tax)}
      {row(t('money_card.total'), money.total, true, 'sum-total')}
      {money.prices_include_tax && money.tax !== 0 && (
        <div className="quiet small">
          <dt>{t('money_card.tax_included')}</dt>
          <dd>
            <Money amount={money.tax} currency={money.currency} />
          </dd>
        </div>
      )}
      {row(t('money_card.cancelled'), -money.cancelled)}
      {row(t('money_card.captured'), -money.captured)}
      {row(t('money_card.refunded'), money.refunded)}
      {row(money.due < 0 ? t('money_card.to_give_back') : t('money_card.due'), Math.abs(money.due), true, 'sum-total')}
      {money.authorised > money.captured &&
        row(t('money_card.authorised'), money.authorised - money.captured, false, 'quiet small')}
    </dl>
  )
}

function TenderRow({ tender }: { tender: Tender }) {
  const { t, label } = useText()
  return (
    <div className="tender">
      <div className="row between">
        <span className="row wrap">
          <strong>{label('method', tender.method)}</strong>
          {tender.provider !== null && <span className="quiet">{tender.provider}</span>}
          <State kind="tender" state={tender.state} />
        </span>
        <Money amount={tender.amount} currency={tender.currency} />
      </div>
      {tender.reference !== null && <p className="small quiet mono clip">{tender.reference}</p>}
      {tender.failure !== null && <p className="small tender-failure">{label('payment_failure', tender.failure)}</p>}
      {tender.deadline_at !== null && (tender.state === 'new' || tender.state === 'pending') && (
        <TimeLeft until={tender.deadline_at} />
      )}
      {tender.redirect_url !== null && tender.state === 'pending' && (
        <p className="small">
          <a href={tender.redirect_url} target="_blank" rel="noreferrer">
            {t('money_card.pay_page')}
          </a>
        </p>
      )}
    </div>
  )
}

function Journal({ bookings }: { bookings: readonly Booking[] }) {
  const { t, label, format } = useText()
  return (
    <ol className="journal">
      {bookings.map((booking) => (
        <li key={booking.booking_id}>
          <p className="row between">
            <strong>{label('booking', booking.kind)}</strong>
            <span className="quiet small">
              <Ago at={booking.at} />
            </span>
          </p>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('money_card.account')}</th>
                <th scope="col" className="right">
                  {t('money_card.debit')}
                </th>
                <th scope="col" className="right">
                  {t('money_card.credit')}
                </th>
              </tr>
            </thead>
            <tbody>
              {booking.entries.map((entry) => (
                <tr key={`${entry.account}${entry.amount}`}>
                  <td>{label('account', entry.account)}</td>
                  <td className="right">{entry.amount > 0 ? format.money(entry.amount, entry.currency) : ''}</td>
                  <td className="right">{entry.amount < 0 ? format.money(-entry.amount, entry.currency) : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </li>
      ))}
    </ol>
  )
}
