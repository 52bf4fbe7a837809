// The foot of a list that has further pages: one button that brings the next.
import { Button } from 'antd'
import { useText } from '../text.ts'

interface Pages {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  fetchNextPage(): Promise<unknown>
}

export function MoreRows({ list }: { list: Pages }) {
  const { t } = useText()
  if (!list.hasNextPage) return null
  return (
    <div className="list-foot">
      <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
        {t('action.more')}
      </Button>
    </div>
  )
}
