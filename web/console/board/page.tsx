// The board of open work: a column for each location; a card that is dragged to another, or moved by its menu, is a decision by hand.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Input, Select, Switch } from 'antd'
import { type RefObject, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { WorkBoard, WorkCard } from '../../../src/contracts/hand-board.ts'
import { ask } from '../../shared/api.ts'
import type { HandStart } from '../allocation/hand-choice.ts'
import { HandDialog } from '../allocation/hand-dialog.tsx'
import { AllocationTabs } from '../allocation/tabs.tsx'
import { useLocations } from '../frame/places.ts'
import { useMay } from '../frame/session.tsx'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Icon } from '../parts/icon.tsx'
import { Page } from '../parts/page.tsx'
import { useText } from '../text.ts'
import { type BoardFilter, type Dragged, WorkColumnView } from './column.tsx'
import '../styles/board.css'

const LIVE_MS = 15_000
const RAISED = 1

export function BoardPage() {
  const { t } = useText()
  const [params, setParams] = useSearchParams()
  const filter: BoardFilter = {
    ...(params.get('q') === null ? {} : { q: params.get('q') ?? '' }),
    ...(params.get('raised') === null ? {} : { priority: RAISED }),
  }
  const locations = params.get('locations') ?? undefined
  const set = (name: string, value: string | null) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === null || value === '') next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  const board = useQuery({
    queryKey: ['work-board', filter, locations ?? ''],
    queryFn: ({ signal }) =>
      ask('GET /allocation/board', {
        query: { ...filter, ...(locations === undefined ? {} : { locations }) },
        signal,
      }),
    refetchInterval: LIVE_MS,
    placeholderData: keepPreviousData,
  })
  return (
    <Page title={t('work_board.title')} wide>
      <AllocationTabs here="/app/board" />
      <Filters
        q={filter.q ?? ''}
        isRaised={filter.priority !== undefined}
        locations={locations === undefined ? [] : locations.split(',')}
        onSet={set}
      />
      {board.error !== null && board.data === undefined && (
        <Trouble error={board.error} retry={() => void board.refetch()} />
      )}
      {board.data === undefined && board.error === null && <LoadingRows />}
      {board.data !== undefined && <Columns board={board.data} filter={filter} />}
    </Page>
  )
}

interface FiltersProps {
  readonly q: string
  readonly isRaised: boolean
  readonly locations: readonly string[]
  readonly onSet: (name: string, value: string | null) => void
}

function Filters({ q, isRaised, locations, onSet }: FiltersProps) {
  const { t, either } = useText()
  const places = useLocations()
  const [typed, setTyped] = useState(q)
  const search = () => onSet('q', typed.trim())
  return (
    <div className="board-filters">
      <Input
        aria-label={t('work_board.search')}
        placeholder={t('work_board.search')}
        prefix={<Icon name="search" size={14} />}
        value={typed}
        allowClear
        maxLength={100}
        onChange={(event) => {
          setTyped(event.target.value)
          if (event.target.value === '') onSet('q', null)
        }}
        onPressEnter={search}
        onBlur={search}
      />
      <Select
        aria-label={t('work_board.locations')}
        placeholder={t('work_board.locations')}
        mode="multiple"
        allowClear
        maxTagCount="responsive"
        optionFilterProp="label"
        value={[...locations]}
        options={places.map((place) => ({ value: place.location_id, label: either(place.name, place.name_zh) }))}
        onChange={(chosen) => onSet('locations', chosen.join(','))}
      />
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control */}
      <label className="row nowrap">
        <Switch checked={isRaised} onChange={(isOn) => onSet('raised', isOn ? '1' : null)} />
        {t('work_board.raised')}
      </label>
    </div>
  )
}

interface Asked {
  readonly card: WorkCard
  readonly start: HandStart
}

function Columns({ board, filter }: { board: WorkBoard; filter: BoardFilter }) {
  const { t, format } = useText()
  const may = useMay()('allocation.decide')
  const [dragged, setDragged] = useState<Dragged | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const row = useRef<HTMLElement>(null)
  const isEmpty = board.columns.length === 0 && board.waiting.count === 0
  if (isEmpty)
    return (
      <section className="card">
        <Empty icon="warehouse" title={t('work_board.none')}>
          {t('work_board.none_text')}
        </Empty>
      </section>
    )
  const shared = {
    board,
    filter,
    may,
    dragged,
    onDrag: setDragged,
    onAsk: (card: WorkCard, start: HandStart) => setAsked({ card, start }),
  }
  return (
    <>
      {may && <p className="small quiet board-hint">{t('work_board.hint')}</p>}
      <Row row={row}>
        {(board.waiting.count > 0 || board.waiting.cards.length > 0) && (
          <WorkColumnView {...shared} column={null} {...board.waiting} />
        )}
        {board.columns.map((column) => (
          <WorkColumnView key={column.location_id} {...shared} column={column} {...column} />
        ))}
      </Row>
      {board.cut && (
        <p className="effect-line warn" role="status">
          <Icon name="exceptions" />
          <span>{t('work_board.cut')}</span>
        </p>
      )}
      {board.left_out > 0 && (
        <p className="quiet">
          {t('work_board.left_out', { count: board.left_out, number: format.number(board.left_out) })}
        </p>
      )}
      {asked !== null && <HandDialog order={asked.card} start={asked.start} onClose={() => setAsked(null)} />}
    </>
  )
}

function Row({ row, children }: { row: RefObject<HTMLElement | null>; children: React.ReactNode }) {
  const { t } = useText()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what does not fit beside each other is scrolled by the keyboard
    <section ref={row} className="board-columns" tabIndex={0} aria-label={t('work_board.title')}>
      {children}
    </section>
  )
}
