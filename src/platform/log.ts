// Structured logs: one JSON object a line, ids only, never personal data or secrets.
import { pino } from 'pino'

export type Log = ReturnType<typeof pino>

/** Opens the log of this process; `level` is one of pino's ('silent' for tests). */
export function openLog(level: string): Log {
  return pino({
    level,
    base: undefined,
    redact: {
      paths: [
        '*.password',
        '*.token',
        '*.secret',
        '*.authorization',
        '*.cookie',
        '*.phone',
        '*.email',
        '*.name',
        '*.address',
        'req.headers.authorization',
        'req.headers.cookie',
      ],
      censor: '[redacted]',
    },
  })
}
