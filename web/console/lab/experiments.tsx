// Experiments: a share of new orders is decided by a draft; what came of both arms, with how sure it is, and the stop.
import { useQuery } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import type { ExperimentArm, ExperimentVerdict, ExperimentView } from '../../../src/contracts/experiments.ts'
import { ask } from '../../shared/api.ts'
import { useMay } from '../frame/session.tsx'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Card } from '../parts/page.tsx'
import { State } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { Ago } from '../parts/values.tsx'
import { ReasonField } from '../rules/go-live.tsx'
import { type Text, useText } from '../text.ts'
import { useLab } from './lab-data.ts'
import { NewExperiment } from './new-experiment.tsx'

const LIVE_MS = 15_000

export function Experiments() {
  const { t } = useText()
  const may = useMay()
  const [isAsking, setAsking] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['lab', 'experiments'],
    queryFn: () => ask('GET /lab/experiments'),
    refetchInterval: LIVE_MS,
  })
  const start = may('policies.activate') && <Button onClick={() => setAsking(true)}>{t('ab.new')}</Button>
  return (
    <Card id="experiments" title={t('ab.title')} extra={start}>
      {error !== null && data === undefined && <Trouble error={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <LoadingRows rows={3} />}
      {data?.items.length === 0 && (
        <Empty icon="half" title={t('ab.none')}>
          {t('ab.none_text')}
        </Empty>
      )}
      {data?.items.map((one) => (
        <Experiment key={one.experiment_id} experiment={one} />
      ))}
      {isAsking && <NewExperiment onClose={() => setAsking(false)} />}
    </Card>
  )
}

function Experiment({ experiment }: { experiment: ExperimentView }) {
  const { t, either, format } = useText()
  const [isStopping, setStopping] = useState(false)
  const may_stop = experiment.available_actions.some((one) => one.action === 'stop' && one.allowed)
  const smaller = Math.min(experiment.live.orders, experiment.draft.orders)
  const rest = experiment.notes.filter((note) => note.code !== ONE_LOOK)
  const wanted = { count: format.number(smaller), wanted: format.number(experiment.orders_wanted) }
  return (
    <section className="ab" aria-label={experiment.name}>
      <div className="row between wrap">
        <div className="row wrap">
          <h3>{experiment.name}</h3>
          <State kind="experiment" state={experiment.state} />
          <span className="quiet">
            {t('ab.share_of', { share: format.percent(experiment.share_percent / 100), draft: experiment.draft_name })}{' '}
            · <Ago at={experiment.started_at} />
          </span>
        </div>
        {may_stop && (
          <Button size="small" onClick={() => setStopping(true)}>
            {t('ab.stop')}
          </Button>
        )}
      </div>
      <p className="quiet">{experiment.reason}</p>
      <progress
        className="lab-progress"
        max={experiment.orders_wanted}
        value={Math.min(smaller, experiment.orders_wanted)}
        aria-label={t('ab.reached', wanted)}
      />
      <p className={experiment.complete ? 'ab-complete' : 'quiet'}>
        {t(experiment.complete ? 'ab.complete' : 'ab.incomplete', wanted)}
      </p>
      <Arms experiment={experiment} />
      <Caveats experiment={experiment} />
      {experiment.stop_reason !== null && (
        <p className="quiet">{t('ab.stopped_for', { reason: experiment.stop_reason })}</p>
      )}
      {rest.length > 0 && (
        <details className="lab-ground">
          <summary>{t('lab.notes')}</summary>
          <ul className="lab-notes">
            {rest.map((note) => (
              <li key={note.code}>{either(note.text.en, note.text.zh)}</li>
            ))}
          </ul>
        </details>
      )}
      {isStopping && <Stop experiment={experiment} onClose={() => setStopping(false)} />}
    </section>
  )
}

/** Cases and the orders that they are counted among; for the cost only these. */
const CASES: Readonly<Record<ExperimentVerdict['measure'], (arm: ExperimentArm) => readonly [number | null, number]>> =
  {
    cost: (arm) => [null, arm.whole],
    split: (arm) => [arm.split, arm.sent],
    promise_kept: (arm) => [arm.promise_kept, arm.promised],
    unallocated: (arm) => [arm.unallocated, arm.orders],
  }

/** A figure of an arm, with the orders that it stands on. */
function Figure({
  arm,
  measure,
  currency,
}: {
  arm: ExperimentArm
  measure: ExperimentVerdict['measure']
  currency: string
}) {
  const text = useText()
  const { t, format } = text
  const [cases, among] = CASES[measure](arm)
  const value = cases === null ? arm.cost_mean : among === 0 ? null : cases / among
  const counts =
    cases === null
      ? t('ab.whole', { count: among, number: format.number(among) })
      : `${format.number(cases)}/${format.number(among)}`
  return (
    // one box: on a narrow screen the cell sets its parts apart
    <div>
      {shown(text, measure, value, currency)} <span className="quiet small nowrap">{counts}</span>
    </div>
  )
}

const ONE_LOOK = 'one_look'

/** What nobody should miss: that looking early misleads, orders that the rules of an arm failed on, tests that were red. */
function Caveats({ experiment: { live, draft, tests_passed, tests_failed, notes } }: { experiment: ExperimentView }) {
  const { t, either, format } = useText()
  const look = notes.find((note) => note.code === ONE_LOOK)
  const tests = { passed: format.number(tests_passed), failed: format.number(tests_failed) }
  return (
    <>
      {look !== undefined && <p className="quiet">{either(look.text.en, look.text.zh)}</p>}
      <p className={live.failed + draft.failed > 0 ? 'lab-worse wraps' : 'quiet'}>
        {t('ab.failed', { live: format.number(live.failed), draft: format.number(draft.failed) })}
      </p>
      <p className={tests_failed > 0 ? 'lab-worse wraps' : 'quiet'}>
        {t(tests_failed > 0 ? 'ab.tests_red' : 'ab.tests', tests)}
      </p>
    </>
  )
}

function shown(
  { format }: Text,
  measure: ExperimentVerdict['measure'],
  value: number | null,
  currency: string,
): string {
  if (value === null) return '—'
  return measure === 'cost' ? format.money(Math.round(value), currency) : format.percent(value)
}

function Arms({ experiment }: { experiment: ExperimentView }) {
  const text = useText()
  const { t, either, format } = text
  const { live, draft, currency } = experiment
  const value = (one: ExperimentVerdict, of: number | null) => shown(text, one.measure, of, currency)
  const interval = (one: ExperimentVerdict) =>
    one.difference === null
      ? '—'
      : t('ab.interval', {
          difference: value(one, one.difference),
          low: value(one, one.low),
          high: value(one, one.high),
        })
  return (
    <Table
      caption={experiment.name}
      rows={experiment.verdicts}
      rowKey={(one) => one.measure}
      columns={[
        {
          key: 'measure',
          title: t('lab.figure'),
          cell: (one) => (
            <>
              <span className="nowrap">{t(`ab.measure_${one.measure}`)}</span>
              {one.measure === experiment.decides && <div className="quiet small">{t('ab.this_decides')}</div>}
            </>
          ),
        },
        {
          key: 'live',
          title: t('ab.live', { orders: format.number(live.orders) }),
          align: 'right',
          cell: (one) => <Figure arm={live} measure={one.measure} currency={currency} />,
        },
        {
          key: 'draft',
          title: t('ab.draft', { orders: format.number(draft.orders) }),
          align: 'right',
          cell: (one) => <Figure arm={draft} measure={one.measure} currency={currency} />,
        },
        { key: 'difference', title: t('ab.difference'), align: 'right', cell: interval },
        {
          key: 'says',
          title: t('ab.says'),
          cell: (one) => <div className="ab-says">{either(one.says.en, one.says.zh)}</div>,
        },
      ]}
    />
  )
}

function Stop({ experiment: { experiment_id }, onClose }: { experiment: ExperimentView; onClose: () => void }) {
  const { t } = useText()
  const [reason, setReason] = useState('')
  const stop = useLab(
    () =>
      ask('POST /lab/experiments/:experiment_id/stop', { params: { experiment_id }, body: { reason: reason.trim() } }),
    onClose,
  )
  return (
    <Modal
      open
      title={t('ab.stop')}
      okText={t('ab.stop')}
      cancelText={t('action.back')}
      okButtonProps={{ disabled: reason.trim().length < 3, loading: stop.isPending }}
      onOk={() => stop.mutate(undefined)}
      onCancel={onClose}
    >
      <p>{t('ab.stop_text')}</p>
      <ReasonField reason={reason} onChange={setReason} />
    </Modal>
  )
}
