// The title of the browser's tab: the page first, the product last.
import { useEffect } from 'react'

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Ordo' : `${title} · Ordo`
  }, [title])
}
