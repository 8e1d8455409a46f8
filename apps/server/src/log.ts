import type { LogFields, Logger } from '@vaxel/base'
import { type Logger as Pino, pino } from 'pino'
import { LogStream } from './log-stream.ts'

/** The log: JSON lines on standard error, so that standard output stays for people. The only file that knows the library. */
export function makeLog(level: 'debug' | 'info' | 'warn' | 'error'): Logger {
  const stream = new LogStream()
  process.once('exit', () => stream.end())
  return wrap(pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream))
}

function wrap(log: Pino): Logger {
  return {
    debug: (message, fields) => write(log, 'debug', message, fields),
    info: (message, fields) => write(log, 'info', message, fields),
    warn: (message, fields) => write(log, 'warn', message, fields),
    error: (message, fields) => write(log, 'error', message, fields),
    with: (fields) => wrap(log.child(fields)),
  }
}

function write(log: Pino, level: 'debug' | 'info' | 'warn' | 'error', message: string, fields?: LogFields): void {
  if (fields) log[level](fields, message)
  else log[level](message)
}
