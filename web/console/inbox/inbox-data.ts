// The inbox as this reader works through it: the ranked list, the item at hand, those selected, and what is done with them.
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useState } from 'react'
import type { ApplyFix, FixApplied, FixView, InboxItem } from '../../../src/contracts/inbox.ts'
import { ask, ProblemError, type Query } from '../../shared/api.ts'
import { sentence } from '../parts/conditions.tsx'
import { usePaged } from '../parts/paged.ts'
import { useText } from '../text.ts'

const PAGE = 50
const LIVE_MS = 10_000
/** Of one call. */
export const SELECTED_AT_MOST = 50

export type Filter = Pick<Query<'GET /inbox'>, 'view' | 'kind' | 'queue'>

/** What was just applied and can be taken back for some seconds. */
export interface Taken extends FixApplied {
  readonly title: string
  readonly fix: string
}

export function useInbox(filter: Filter) {
  const list = usePaged<InboxItem>({
    key: ['inbox', 'list', filter],
    read: (cursor, signal) => ask('GET /inbox', { query: { ...filter, cursor, limit: PAGE }, signal }),
    live_ms: LIVE_MS,
  })
  const { items } = list
  const [at, setAt] = useState({ item_id: '', index: 0 })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const found = items.findIndex((item) => item.item_id === at.item_id)
  // What is done with leaves the list: whoever was behind it moves up and is next.
  const index = found === -1 ? Math.min(at.index, items.length - 1) : found
  const current = items[index]
  const choose = (item_id: string) => setAt({ item_id, index: items.findIndex((item) => item.item_id === item_id) })
  const step = (by: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, index + by))]
    if (next !== undefined) choose(next.item_id)
    if (by > 0 && index + by >= items.length - 1 && list.hasNextPage) void list.fetchNextPage()
  }
  const toggle = (item_id: string) =>
    setSelected((before) => {
      const after = new Set(before)
      if (!after.delete(item_id) && after.size < SELECTED_AT_MOST) after.add(item_id)
      return after
    })
  /** The item at hand, before what happens to it moves another one there. */
  const hold = () => setAt({ item_id: current?.item_id ?? '', index: Math.max(0, index) })
  return {
    list,
    items,
    current,
    index,
    choose,
    step,
    hold,
    selected: items.filter((item) => selected.has(item.item_id)),
    toggle,
    clear: () => setSelected(new Set()),
  }
}

export type Inbox = ReturnType<typeof useInbox>

export function useInboxCounts() {
  return useQuery({
    queryKey: ['inbox', 'counts'],
    queryFn: () => ask('GET /inbox/counts'),
    refetchInterval: LIVE_MS,
  })
}

const caseOf = (item_id: string) => ({
  queryKey: ['inbox', 'case', item_id],
  queryFn: () => ask('GET /inbox/items/:id', { params: { id: item_id } }),
})

export function useInboxCase(item_id: string) {
  return useQuery(caseOf(item_id))
}

/** The names of queues, in the reader's language. */
export function useQueueNames(): ReadonlyMap<string, string> {
  const { either } = useText()
  const { data } = useQuery({
    queryKey: ['inbox', 'policy'],
    queryFn: () => ask('GET /inbox/policy'),
    staleTime: 600_000,
  })
  return new Map(data?.queues.map((one) => [one.queue, either(one.name, one.name_zh)]))
}

function readAgain(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: ['inbox'] })
}

/** A change of the inbox: reads it again whether it was taken or refused, for who was second sees what the first did; `refused` may say why itself. */
export function useWork<Input, Result>(
  change: (input: Input) => Promise<Result>,
  done?: (result: Result) => void,
  refused?: (error: unknown, input: Input) => Promise<boolean>,
) {
  const { t } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async (result) => {
      await readAgain(queries)
      done?.(result)
    },
    onError: async (error, input) => {
      const isSaid = (await refused?.(error, input)) === true
      void readAgain(queries)
      if (!isSaid) void message.error(sentence(error, t('problem.unknown')))
    },
  })
}

const at = (item: InboxItem) => ({ params: { id: item.item_id } })

export function useClaim(me: string) {
  return useWork((item: InboxItem) =>
    item.assignee === me && item.claimed_at !== null
      ? ask('DELETE /inbox/items/:id/claim', at(item))
      : ask('POST /inbox/items/:id/claim', at(item)),
  )
}

// What was shown is not as it is: the first two say no more than that.
const CHANGED: readonly string[] = ['way_changed', 'order_changed']
const FITS_NO_MORE: readonly string[] = ['promise_out_of_reach', 'decision_refused', 'nothing_to_allocate', 'fix_unfit']

interface Applying {
  readonly item: InboxItem
  readonly wish: ApplyFix
}

/** Applies a fix; where things are not as they were shown, `onChanged` gets its fixes as they are now. */
export function useApply(
  done: (taken: Taken) => void,
  onChanged: (item: InboxItem, fixes: readonly FixView[]) => void,
) {
  const queries = useQueryClient()
  return useWork(
    async ({ item, wish }: Applying): Promise<Taken> => ({
      ...(await ask('POST /inbox/items/:id/fix', { ...at(item), body: wish })),
      title: item.title,
      fix: wish.fix,
    }),
    done,
    async (error, { item }) => {
      const code = error instanceof ProblemError ? error.code : ''
      if (!CHANGED.includes(code) && !FITS_NO_MORE.includes(code)) return false
      try {
        const { fixes } = await queries.fetchQuery({ ...caseOf(item.item_id), staleTime: 0 })
        onChanged(item, fixes)
        return CHANGED.includes(code)
      } catch {
        return false
      }
    },
  )
}
