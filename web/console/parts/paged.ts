// Lists by keyset: the next page by the cursor of the last; while only the first page is open it stays live.
import { useInfiniteQuery } from '@tanstack/react-query'

interface PageOf<Item> {
  readonly items: readonly Item[]
  readonly next_cursor: string | null
}

interface PagedOptions<Item> {
  readonly key: readonly unknown[]
  readonly read: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<Item>>
  readonly live_ms?: number
}

export function usePaged<Item>({ key, read, live_ms }: PagedOptions<Item>) {
  const list = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(pageParam === '' ? undefined : pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    refetchInterval: (known) =>
      live_ms !== undefined && (known.state.data?.pages.length ?? 0) === 1 ? live_ms : false,
    placeholderData: (before) => before,
  })
  return { ...list, items: list.data?.pages.flatMap((page) => page.items) ?? [] }
}
