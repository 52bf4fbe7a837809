// The board's data: read once, then kept fresh by the server's stream; when that breaks, by asking again.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Board } from '../../../src/contracts/views-board.ts'
import { ask, isRecord } from '../../shared/api.ts'

const POLL_MS = 5_000

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
  const query = useQuery({
    queryKey: ['board'],
    queryFn: readBoard,
    // Without a first board the page says what is wrong, and stays so until it is asked for again or the stream is back.
    refetchInterval: ({ state }) => (link === 'live' || state.data === undefined ? false : POLL_MS),
  })
  useEffect(
    () =>
      keepStream(
        (board) => {
          queries.setQueryData(['board'], board)
          setLink('live')
        },
        () => setLink('polling'),
      ),
    [queries],
  )
  return { ...query, link }
}

/** Opens the stream, and again after it was refused: a browser itself only mends a connection that broke. Answers its end. */
function keepStream(onBoard: (board: Board) => void, onBroken: () => void): () => void {
  let timer = 0
  let stream: EventSource
  const open = () => {
    stream = new EventSource('/board/stream')
    stream.addEventListener('board', (event) => {
      const board = parse(event.data)
      if (isBoard(board)) onBoard(board)
    })
    stream.addEventListener('error', () => {
      onBroken()
      if (stream.readyState === EventSource.CLOSED) timer = window.setTimeout(open, POLL_MS)
    })
  }
  open()
  return () => {
    window.clearTimeout(timer)
    stream.close()
  }
}
