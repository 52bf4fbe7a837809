// Capacity over HTTP: the load of every location. Hours and limits are part of the location and set with it.
import { LoadQuery, LoadView } from '../../contracts/capacity.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { viewLoad } from './view-load.ts'

const USUAL_HOURS = 24

export const capacityRoutes: Route[] = [
  route('GET /capacity/load', {
    permit: 'allocation.read',
    summary: 'Slots, what is booked and done in them, pace and next cut-off, by location.',
    query: LoadQuery,
    reply: { 200: LoadView },
    run: (context, { query }) => context.transaction((tx) => viewLoad(tx, query.hours ?? USUAL_HOURS)),
  }),
]
