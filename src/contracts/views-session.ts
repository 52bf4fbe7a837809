// Who is at the screen and what they may; staff, API keys and webhooks of the settings page.
import { type Static, Type } from 'typebox'
import { LocationView } from './catalog.ts'
import { roles } from './permissions.ts'
import { Id, Instant, orNull } from './views-shared.ts'

const Role = Type.Enum([...roles])

export const LogIn = Type.Object({
  merchant: Type.String({ minLength: 2, maxLength: 31 }),
  email: Type.String({ minLength: 3, maxLength: 254 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
})

/** The session cookie is HttpOnly; `csrf_token` goes into the X-CSRF-Token header of every change. */
export const SessionView = Type.Object({
  staff_id: Id,
  name: Type.String(),
  email: Type.String(),
  role: Role,
  permissions: Type.Array(Type.String(), { maxItems: 200 }),
  locale: Type.Enum(['zh-CN', 'en']),
  csrf_token: Type.String(),
  expires_at: Instant,
  merchant: Type.Object({
    code: Type.String(),
    name: Type.String(),
    base_currency: Type.String(),
    time_zone: Type.String(),
    locale: Type.Enum(['zh-CN', 'en']),
  }),
})
export type SessionView = Static<typeof SessionView>

export const StaffView = Type.Object({
  staff_id: Id,
  name: Type.String(),
  email: Type.String(),
  role: Role,
  state: Type.Enum(['active', 'locked', 'left']),
  last_seen_at: orNull(Instant),
})
export type StaffView = Static<typeof StaffView>
export const StaffList = Type.Object({ items: Type.Array(StaffView, { maxItems: 500 }) })
export const NewStaff = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 80 }),
  email: Type.String({ minLength: 3, maxLength: 254 }),
  role: Role,
  password: Type.String({ minLength: 10, maxLength: 200 }),
  locale: Type.Enum(['zh-CN', 'en']),
})

/** The names of colleagues, for timelines and notes; who has left is still named. */
export const StaffNames = Type.Object({
  items: Type.Array(Type.Object({ staff_id: Id, name: Type.String() }), { maxItems: 500 }),
})
export type StaffNames = Static<typeof StaffNames>

export const ApiKeyView = Type.Object({
  key_id: Id,
  name: Type.String(),
  scopes: Type.Array(Type.String(), { maxItems: 100 }),
  hint: Type.String(),
  created_at: Instant,
  last_used_at: orNull(Instant),
  revoked_at: orNull(Instant),
})
export type ApiKeyView = Static<typeof ApiKeyView>
export const ApiKeyList = Type.Object({ items: Type.Array(ApiKeyView, { maxItems: 200 }) })
export const NewApiKey = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 80 }),
  scopes: Type.Array(Type.String(), { minItems: 1, maxItems: 100 }),
})
/** The only time that the key is shown. */
export const ApiKeyMade = Type.Object({ key_id: Id, key: Type.String() })

export const WebhookView = Type.Object({
  endpoint_id: Id,
  url: Type.String(),
  types: Type.Array(Type.String(), { maxItems: 100 }),
  state: Type.Enum(['active', 'paused', 'disabled']),
  state_reason: orNull(Type.String()),
  created_at: Instant,
})
export type WebhookView = Static<typeof WebhookView>
export const WebhookList = Type.Object({ items: Type.Array(WebhookView, { maxItems: 100 }) })
export const NewWebhook = Type.Object({
  url: Type.String({ maxLength: 2000 }),
  types: Type.Array(Type.String(), { maxItems: 100 }),
})
export const WebhookMade = Type.Object({ endpoint_id: Id, secret: Type.String() })

/** What lists and filters are made of. */
export const LocationList = Type.Object({ items: Type.Array(LocationView, { maxItems: 500 }) })
export type LocationList = Static<typeof LocationList>
export const ChannelList = Type.Object({
  items: Type.Array(
    Type.Object({
      channel: Type.String(),
      name: Type.String(),
      name_zh: Type.Optional(orNull(Type.String())),
      network_id: Type.String(),
      currency: Type.String(),
    }),
    { maxItems: 500 },
  ),
})
export type ChannelList = Static<typeof ChannelList>

const Named = { name: Type.String(), name_zh: Type.Optional(Type.String()) }
export const CarrierList = Type.Object({
  items: Type.Array(
    Type.Object({
      carrier: Type.String(),
      ...Named,
      services: Type.Array(Type.Object({ service: Type.String(), ...Named }), { maxItems: 100 }),
    }),
    { maxItems: 500 },
  ),
})
export type CarrierList = Static<typeof CarrierList>
