// The face of insights: read models for screens; nothing calls it but the composition root.
export { insightRoutes } from './routes.ts'
