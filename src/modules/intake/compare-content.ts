// In what a repeated order differs from the one that was kept: figures are shown, personal fields are only named.
import type { IntakeOrder } from '../../contracts/order-intake.ts'
import type { OrderFacts } from '../orders/index.ts'
import { settleMoney } from './check-money.ts'
import { tidy } from './normalise-message.ts'

export interface Difference {
  readonly pointer: string
  readonly kept?: string
  readonly sent?: string
}

const DIFFERENCES_AT_MOST = 50

/**
 * The differences of `sent` against the order as it stands; used only when their hashes differ. Where all that is compared here is
 * equal, the difference lies in what is not shown: the customer, the address lines, the note, the payment's reference.
 */
export function compareContent(kept: OrderFacts, sent: IntakeOrder): Difference[] {
  const { totals, lines } = settleMoney(sent)
  const found: Difference[] = []
  const compare = (pointer: string, before: unknown, after: unknown) => {
    const pair = { kept: String(before ?? ''), sent: String(after ?? '') }
    if (pair.kept !== pair.sent && found.length < DIFFERENCES_AT_MOST) found.push({ pointer, ...pair })
  }
  compare('/placed_at', kept.placed_at.toISOString(), new Date(sent.placed_at).toISOString())
  compare('/currency', kept.currency, sent.currency)
  compare('/prices_include_tax', kept.prices_include_tax, sent.prices_include_tax)
  compare('/priority', kept.priority, sent.priority ?? 0)
  compare('/service_level', kept.service_level, sent.service_level ?? 'standard')
  compare('/payment/method', kept.payment_method, sent.payment.method)
  compare('/ship_to/country', kept.ship_country, sent.ship_to.country)
  compare('/ship_to/region', kept.ship_region, tidy(sent.ship_to.region))
  compare('/ship_to/city', kept.ship_city, tidy(sent.ship_to.city))
  compare('/ship_to/postcode', kept.ship_postcode, tidy(sent.ship_to.postcode))
  compare('/totals/total', kept.total, totals.total)
  compare('/totals/tax', kept.tax_total, totals.tax_total)
  compare('/totals/charges', kept.charges_total, totals.charges_total)
  for (let index = 0; index < Math.max(kept.lines.length, lines.length); index++) {
    const before = kept.lines[index]
    const after = lines[index]
    const at = `/lines/${index}`
    if (before === undefined || after === undefined) compare(at, before?.sku, after?.sku)
    else {
      compare(`${at}/sku`, before.sku, after.sku)
      compare(`${at}/quantity`, before.ordered, after.quantity)
      compare(`${at}/unit_price`, Number(before.unit_price), Number(after.unit_price))
      compare(`${at}/gross`, before.gross, after.gross)
      compare(`${at}/discount`, before.discount, after.discount)
      compare(`${at}/tax`, before.tax, after.tax)
    }
  }
  return found.length > 0 ? found : [{ pointer: '', kept: 'not shown', sent: 'not shown' }]
}
