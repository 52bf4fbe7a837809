// Every key of the console, by where it works.
import { Modal } from 'antd'
import type { Key } from '../text.ts'
import { useText } from '../text.ts'
import { pages } from './pages.ts'

const GROUPS: readonly { readonly title: Key; readonly keys: readonly (readonly [string, Key])[] }[] = [
  {
    title: 'help.everywhere',
    keys: [
      ['/', 'help.search'],
      ['⌘K', 'help.search'],
      ['?', 'help.this'],
      ['Esc', 'help.close'],
    ],
  },
  {
    title: 'nav.orders',
    keys: [
      ['↑ ↓', 'help.move'],
      ['J K', 'help.move'],
      ['Space', 'help.preview'],
      ['Enter', 'help.open'],
      ['X', 'help.select'],
    ],
  },
  {
    title: 'inbox.title',
    keys: [
      ['J K', 'help.move'],
      ['Enter', 'help.open'],
      ['X', 'help.select'],
      ['C', 'help.claim'],
      ['S', 'help.snooze'],
      ['A', 'help.apply'],
      ['1 9', 'help.nth_fix'],
      ['U', 'help.undo'],
    ],
  },
  {
    title: 'nav.review',
    keys: [
      ['A', 'help.approve'],
      ['R', 'help.reject'],
      ['H', 'help.hold'],
      ['N', 'help.next'],
      ['U', 'help.undo'],
    ],
  },
]

export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  return (
    <Modal open title={t('help.title')} footer={null} onCancel={onClose} width={640}>
      <div className="help-groups">
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3>{t(group.title)}</h3>
            <Pairs pairs={group.keys.map(([key, text]) => [key, t(text)])} />
          </section>
        ))}
        <section>
          <h3>{t('help.jump')}</h3>
          <Pairs pairs={pages.map((page) => [`G ${page.letter.toUpperCase()}`, t(page.title)])} />
        </section>
      </div>
    </Modal>
  )
}

function Pairs({ pairs }: { pairs: readonly (readonly [string, string])[] }) {
  return (
    <dl className="help-keys">
      {pairs.map(([keys, text]) => (
        <div key={keys}>
          <dt>
            {keys.split(' ').map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
