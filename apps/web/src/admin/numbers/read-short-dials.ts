import type { RequestOf } from '../../api/api.ts'
import { parseTable } from '../parse-table.ts'

type Item = RequestOf<'importShortDials'>['body']['items'][number]

/**
 * Short dials from a spreadsheet: short dial, number, name. A first line that names the columns is left out; a short dial may be
 * written with or without its `*0`.
 * @example readShortDials('0100;08-465 004 99;Taxi') // [{ number: '*0100', to: '08-465 004 99', name: 'Taxi' }]
 */
export function readShortDials(text: string): Item[] {
  const { columns, rows } = parseTable(text)
  const lines = [columns, ...rows.map(({ cells }) => cells)]
  return lines.flatMap(([code = '', to = '', name = '']) => {
    const digits = /^\*?(\d+)$/.exec(code.replace(/\s/g, ''))?.[1]
    if (digits === undefined && !code.includes('*')) return []
    const number = digits === undefined ? code : digits.startsWith('0') ? `*${digits}` : `*0${digits}`
    return [{ number, to, ...(name === '' ? {} : { name }) }]
  })
}
