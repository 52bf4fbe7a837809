// Global search: one field over orders, goods and pages; arrows choose, Enter opens.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useDeferredValue, useId, useState } from 'react'
import { useNavigate } from 'react-router'
import { ask } from '../../shared/api.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { State } from '../parts/states.tsx'
import { useText } from '../text.ts'
import { pages } from './pages.ts'
import { useMay } from './session.tsx'

interface Hit {
  readonly key: string
  readonly path: string
  readonly icon: IconName
  readonly title: string
  readonly detail: string
  readonly state?: string
}

export function SearchPalette({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  const [typed, setTyped] = useState('')
  const [place, setPlace] = useState(0)
  const navigate = useNavigate()
  const list = useId()
  const { hits, isSearching } = useHits(typed.trim())
  const at = Math.min(place, Math.max(hits.length - 1, 0))
  const open = (hit: Hit | undefined) => {
    if (hit === undefined) return
    onClose()
    void navigate(hit.path)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setPlace(Math.min(at + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') setPlace(Math.max(at - 1, 0))
    else if (event.key === 'Enter') open(hits[at])
    else return
    event.preventDefault()
  }
  return (
    <Modal
      open
      footer={null}
      closable={false}
      onCancel={onClose}
      width={640}
      style={{ top: 80 }}
      className="palette"
      title={null}
      aria-label={t('search.title')}
    >
      <PaletteField
        value={typed}
        list={list}
        chosen={hits.length > 0 ? `${list}-${at}` : undefined}
        onKeyDown={onKeyDown}
        onType={(text) => {
          setTyped(text)
          setPlace(0)
        }}
      />
      <div className="palette-hits" id={list} role="listbox" aria-label={t('search.results')}>
        {hits.map((hit, index) => (
          <PaletteHit
            key={hit.key}
            hit={hit}
            id={`${list}-${index}`}
            isChosen={index === at}
            onOpen={() => open(hit)}
            onPoint={() => setPlace(index)}
          />
        ))}
      </div>
      {hits.length === 0 && <p className="palette-none quiet">{isSearching ? t('state.loading') : t('search.none')}</p>}
      <p className="palette-hint small quiet">{t('search.hint')}</p>
    </Modal>
  )
}

interface PaletteFieldProps {
  readonly value: string
  /** The list that the field moves through, and the hit it is at. */
  readonly list: string
  readonly chosen: string | undefined
  readonly onKeyDown: (event: React.KeyboardEvent) => void
  readonly onType: (text: string) => void
}

function PaletteField({ value, list, chosen, onKeyDown, onType }: PaletteFieldProps) {
  const { t } = useText()
  return (
    <div className="palette-field">
      <Icon name="search" />
      <input
        // biome-ignore lint/a11y/noAutofocus: the field is what was asked for by / or ⌘K
        autoFocus
        value={value}
        placeholder={t('search.placeholder')}
        aria-label={t('search.title')}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={chosen}
        onKeyDown={onKeyDown}
        onChange={(event) => onType(event.target.value)}
      />
      <kbd>Esc</kbd>
    </div>
  )
}

function PaletteHit({
  hit,
  id,
  isChosen,
  onOpen,
  onPoint,
}: {
  hit: Hit
  id: string
  isChosen: boolean
  onOpen: () => void
  onPoint: () => void
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the field, which keeps the focus
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      tabIndex={-1}
      className={isChosen ? 'palette-hit chosen' : 'palette-hit'}
      onClick={onOpen}
      onPointerMove={onPoint}
    >
      <Icon name={hit.icon} />
      <span className="palette-title">{hit.title}</span>
      <span className="grow clip quiet">{hit.detail}</span>
      {hit.state !== undefined && <State kind="commercial" state={hit.state} plain />}
    </div>
  )
}

function useHits(typed: string): { hits: Hit[]; isSearching: boolean } {
  const { t, either, format, label } = useText()
  const may = useMay()
  const q = useDeferredValue(typed)
  const wanted = q.length >= 2 || /\p{Script=Han}/u.test(q)
  const orders = useQuery({
    queryKey: ['search', 'orders', q],
    queryFn: ({ signal }) => ask('GET /orders', { query: { q, limit: 8 }, signal }),
    enabled: wanted && may('orders.read'),
    placeholderData: keepPreviousData,
  })
  const stock = useQuery({
    queryKey: ['search', 'stock', q],
    queryFn: ({ signal }) => ask('GET /stock', { query: { q, limit: 4 }, signal }),
    enabled: wanted && may('stock.read'),
    placeholderData: keepPreviousData,
  })
  const hits: Hit[] = []
  if (wanted) {
    for (const order of orders.data?.items ?? []) {
      const found = order.matched === undefined ? '' : `${label('matched', order.matched)} · `
      const detail = [order.customer_name, order.first_title, format.money(order.total, order.currency)].filter(
        (part) => part !== null,
      )
      hits.push({
        key: order.order_id,
        path: `/app/orders/${order.order_id}`,
        icon: 'orders',
        title: order.number,
        detail: found + detail.join(' · '),
        state: order.axes.commercial,
      })
    }
    for (const item of stock.data?.items ?? []) {
      hits.push({
        key: `sku ${item.network_id} ${item.sku}`,
        path: `/app/stock/${encodeURIComponent(item.sku)}`,
        icon: 'stock',
        title: item.sku,
        detail: either(item.name, item.name_zh),
      })
    }
  }
  for (const page of pages) {
    const title = t(page.title)
    if (may(page.permit) && (typed === '' || title.toLowerCase().includes(typed.toLowerCase()))) {
      hits.push({ key: page.path, path: page.path, icon: page.icon, title, detail: t('search.page') })
    }
  }
  return { hits: hits.slice(0, 14), isSearching: wanted && (orders.isFetching || stock.isFetching) }
}
