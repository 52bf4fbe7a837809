// One comparison: how far it is, what it says in plain words, and everything behind it; its address is its link.
import { Button, Popconfirm } from 'antd'
import { useNavigate, useParams } from 'react-router'
import type { ComparisonView } from '../../../src/contracts/lab.ts'
import { ask } from '../../shared/api.ts'
import { AllocationTabs } from '../allocation/tabs.tsx'
import { useChannelName } from '../frame/places.ts'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Card, Page } from '../parts/page.tsx'
import { State } from '../parts/states.tsx'
import { CopyText } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { ChangedOrders } from './changed-orders.tsx'
import { isMoving, useComparison, useLab } from './lab-data.ts'
import { LoadCards } from './load-cards.tsx'
import { Result } from './result.tsx'
import '../styles/lab.css'

export function ComparisonPage() {
  const { t } = useText()
  const { id = '' } = useParams()
  const { data, error, refetch } = useComparison(id)
  return (
    <Page
      title={data?.name ?? t('lab.title')}
      back={{ to: '/app/lab', label: t('lab.title') }}
      note={data !== undefined && <State kind="comparison" state={data.state} />}
      extra={data !== undefined && <Hands comparison={data} />}
    >
      <AllocationTabs here="/app/lab" />
      {data === undefined && error !== null && <Trouble error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows />}
      {data !== undefined && <Found comparison={data} />}
    </Page>
  )
}

function Hands({ comparison }: { comparison: ComparisonView }) {
  const { t } = useText()
  const go = useNavigate()
  const { comparison_id, available_actions } = comparison
  const params = { comparison_id }
  const may = (action: string) => available_actions.some((one) => one.action === action && one.allowed)
  const cancel = useLab(() => ask('POST /lab/comparisons/:comparison_id/cancel', { params }))
  const remove = useLab(
    () => ask('DELETE /lab/comparisons/:comparison_id', { params }),
    () => void go('/app/lab'),
    { is_gone: true },
  )
  return (
    <>
      <CopyText text={window.location.href} words={t('lab.copy_link')} />
      {may('delete') && comparison.state !== 'done' && <Again comparison={comparison} />}
      {may('cancel') && (
        <Button loading={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
          {t('lab.cancel')}
        </Button>
      )}
      {may('delete') && (
        <Popconfirm
          title={t('lab.delete_sure')}
          okText={t('lab.delete')}
          cancelText={t('action.back')}
          onConfirm={() => remove.mutate(undefined)}
        >
          <Button danger loading={remove.isPending}>
            {t('lab.delete')}
          </Button>
        </Popconfirm>
      )}
    </>
  )
}

/** The same once more, as a comparison of its own. */
function Again({ comparison }: { comparison: ComparisonView }) {
  const { t } = useText()
  const go = useNavigate()
  const { name, a, b, ground, period, import_id, channel } = comparison
  const again = useLab(
    () =>
      ask('POST /lab/comparisons', {
        body: {
          name,
          a: a.side,
          b: b.side,
          ground,
          ...(period === null ? {} : { period }),
          ...(import_id === null ? {} : { import_id }),
          ...(channel === null ? {} : { channel }),
        },
      }),
    (made) => void go(`/app/lab/${made.comparison_id}`),
  )
  return (
    <Button loading={again.isPending} onClick={() => again.mutate(undefined)}>
      {t('lab.again')}
    </Button>
  )
}

function Found({ comparison }: { comparison: ComparisonView }) {
  const { t, either } = useText()
  const { state, failure } = comparison
  return (
    <>
      <What comparison={comparison} />
      {isMoving(comparison) && <Progress comparison={comparison} />}
      {state === 'failed' && (
        <div className="trouble" role="alert">
          <div className="grow">
            <p className="trouble-title">{t('lab.failed')}</p>
            {failure !== null && <p>{either(failure.text.en, failure.text.zh)}</p>}
          </div>
        </div>
      )}
      {state === 'cancelled' && (
        <p role="status">{t(comparison.progress.done > 0 ? 'lab.cancelled' : 'lab.cancelled_early')}</p>
      )}
      {(state === 'done' || state === 'cancelled') && comparison.progress.done > 0 && (
        <>
          <Result comparison={comparison} />
          <LoadCards comparison={comparison} />
          <ChangedOrders comparison={comparison} />
          <Notes comparison={comparison} />
        </>
      )}
    </>
  )
}

function What({ comparison }: { comparison: ComparisonView }) {
  const { a, b, period, import_id, channel, progress, ground } = comparison
  const { t, either, format, label } = useText()
  const channelName = useChannelName()
  const orders = [
    t('lab.of_orders', { count: progress.all, number: format.number(progress.all) }),
    import_id === null ? '' : t('lab.of_import'),
    period === null ? '' : `${format.dateTime(period.from)} – ${format.dateTime(period.to)}`,
    channel === null ? '' : channelName(channel),
    ...(['clock', 'stock', 'facts'] as const).map((name) =>
      t('rules.said_value', { what: t(`lab.${name}`), value: label(`lab.${name}`, ground[name]) }),
    ),
  ].filter((one) => one !== '')
  return (
    <div className="lab-sides">
      <p>
        <strong className="lab-letter">A</strong> {either(a.title.en, a.title.zh)}
      </p>
      <p>
        <strong className="lab-letter b">B</strong> {either(b.title.en, b.title.zh)}
      </p>
      <p className="quiet">{orders.join(' · ')}</p>
    </div>
  )
}

function Progress({ comparison: { progress, state } }: { comparison: ComparisonView }) {
  const { t, format } = useText()
  const words =
    state === 'waiting'
      ? t('lab.waits')
      : t('lab.progress', { done: format.number(progress.done), all: format.number(progress.all) })
  return (
    <Card id="lab-progress" title={t('lab.running')}>
      <progress className="lab-progress" max={Math.max(1, progress.all)} value={progress.done} aria-label={words} />
      <p className="quiet" role="status">
        {words}
      </p>
    </Card>
  )
}

function Notes({ comparison: { notes } }: { comparison: ComparisonView }) {
  const { t, either } = useText()
  if (notes.length === 0) return null
  return (
    <Card id="lab-notes" title={t('lab.notes')}>
      <ul className="lab-notes">
        {notes.map((note) => (
          <li key={note.code}>{either(note.text.en, note.text.zh)}</li>
        ))}
      </ul>
    </Card>
  )
}
