// Identity's face: who calls, tenants and their first administrator, staff and keys for tests and demo data.
export { hashPassword } from './check-password.ts'
export { createTenant, type NewTenant } from './create-tenant.ts'
export { newKey } from './manage-keys.ts'
export { callersOf, grantableScopes, permissionsOf } from './recognise-caller.ts'
export { identityRoutes } from './routes.ts'
export { insertStaff, type Tenant, tenantByCode } from './store.ts'
export { insertKey } from './store-keys.ts'
export { purgeSessions } from './store-sessions.ts'
