// A text to be copied by hand, selected, where the browser did not let it be copied.
import { Input, type InputRef, Modal } from 'antd'
import { useRef } from 'react'
import { useText } from '../text.ts'

export function CopyByHand({ text, onClose }: { text: string; onClose: () => void }) {
  const { t } = useText()
  const input = useRef<InputRef>(null)
  // the dialog takes the focus for itself while it opens
  const select = (is_open: boolean) => {
    if (is_open) input.current?.focus({ cursor: 'all' })
  }
  return (
    <Modal open title={t('action.copy_refused')} footer={null} onCancel={onClose} afterOpenChange={select}>
      <p>{t('action.copy_by_hand')}</p>
      <Input ref={input} readOnly value={text} aria-label={t('action.copy_by_hand')} />
    </Modal>
  )
}
