// Parcels over HTTP: the label as it is stuck on; rates and carriers are served by their own routes.
import { Type } from 'typebox'
import { readFile } from '../../platform/files.ts'
import { answer, type Route, route } from '../../platform/http/route.ts'
import { drawLabel } from './draw-label.ts'
import { gatherLabels } from './label-content.ts'
import { shippingProblem } from './problems.ts'
import { ratesRoutes } from './rates-routes.ts'
import { parcelsById } from './store.ts'

const labelRoutes: Route[] = [
  route('GET /parcels/:id/label', {
    permit: 'shipping.read',
    summary: 'The label of a parcel as PDF, 100 × 150 mm.',
    params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
    produces: 'application/pdf',
    reply: { 200: Type.Unknown() },
    run: async (context, { params }) => {
      const { tracking_number, file, content } = await context.transaction(async (tx) => {
        const [parcel] = await parcelsById(tx, [params.id])
        if (parcel === undefined) throw shippingProblem('parcel_unknown')
        if (parcel.state === 'voided') throw shippingProblem('parcel_voided')
        if (parcel.tracking_number === null) throw shippingProblem('label_missing')
        const file = parcel.label_file_id === null ? null : await readFile(tx, parcel.label_file_id)
        // A label bought in bulk was never printed: it is drawn when somebody asks.
        const [label] = file === null ? await gatherLabels(tx, [parcel]) : []
        return { tracking_number: parcel.tracking_number, file, content: label?.content }
      })
      const bytes =
        file?.bytes ?? (content === undefined ? undefined : await drawLabel({ ...content, tracking_number }))
      if (bytes === undefined) throw shippingProblem('label_missing')
      return answer(200, bytes, {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${tracking_number}.pdf"`,
        'cache-control': 'private, no-store',
      })
    },
  }),
]

export const shippingRoutes: Route[] = [...ratesRoutes, ...labelRoutes]
