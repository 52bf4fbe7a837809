// The board's data: read once, then kept fresh by the server's stream; when that breaks, by asking again.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Board } from '../../../src/contracts/views-board.ts'
import { ask, isRecord } from '../../shared/api.ts'

export type Link = 'live' | 'polling'

export function readBoard(): Promise<Board> {
  return ask('GET /board')
}

function isBoard(value: unknown): value is Board {
  return isRecord(value) && Array.isArray(value.steps) && Array.isArray(value.rate) && Array.isArray(value.queue)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The board, live while the page is looked at. */
export function useBoard() {
  const queries = useQueryClient()
  const [link, setLink] = useState<Link>('polling')
  const query = useQuery({ queryKey: ['board'], queryFn: readBoard, refetchInterval: link === 'live' ? false : 5_000 })
  useEffect(() => {
    const stream = new EventSource('/board/stream')
    stream.addEventListener('board', (event) => {
      const board = parse(event.data)
      if (isBoard(board)) queries.setQueryData(['board'], board)
      setLink('live')
    })
    stream.addEventListener('error', () => setLink('polling'))
    return () => stream.close()
  }, [queries])
  return { ...query, link }
}
