// A secret that is shown this one time: to be copied now.
import { Button, Modal } from 'antd'
import { CopyText } from '../parts/values.tsx'
import { useText } from '../text.ts'

export function ShownOnce({
  title,
  text,
  secret,
  onClose,
}: {
  title: string
  text: string
  secret: string
  onClose: () => void
}) {
  const { t } = useText()
  return (
    <Modal
      open
      title={title}
      closable={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('keys.copied')}
        </Button>
      }
      width={520}
    >
      <p>{text}</p>
      <span className="secret">
        <CopyText text={secret} />
      </span>
    </Modal>
  )
}
