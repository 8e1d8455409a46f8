import { attributes, escape } from '../event-package/xml.ts'

/** Elements of a civic address, in the order in which the schema has them (RFC 5139 §4, RFC 4119 §2.2.1). */
const civicElements = ['country', 'A1', 'A3', 'RD', 'HNO', 'LOC', 'FLR', 'NAM', 'PC', 'BLD', 'ROOM'] as const

/** A civic address by the element names of RFC 5139: `{ country: 'SE', A3: 'Lund', RD: 'Stortorget', HNO: '1' }`. */
export type CivicLocation = Readonly<Partial<Record<(typeof civicElements)[number], string>>>

export const pidfType = 'application/pidf+xml'

/**
 * A presence document that says where somebody is (PIDF-LO; RFC 4119, RFC 5491, RFC 5139). It may be passed on: who gets it seldom sends the ambulance.
 * @param entity whose place it is, a URI
 * @param atMs since when it is known, milliseconds since 1970
 */
export function writePidfLo(options: {
  readonly entity: string
  readonly location: CivicLocation
  readonly atMs: number
}): string {
  const { entity, location, atMs } = options
  const namespaces = {
    xmlns: 'urn:ietf:params:xml:ns:pidf',
    'xmlns:gp': 'urn:ietf:params:xml:ns:pidf:geopriv10',
    'xmlns:gbp': 'urn:ietf:params:xml:ns:pidf:geopriv10:basicPolicy',
    'xmlns:cl': 'urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr',
  }
  const civic = civicElements.flatMap((name) => {
    const value = location[name]
    return value === undefined ? [] : [`<cl:${name}>${escape(value)}</cl:${name}>`]
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<presence${attributes({ ...namespaces, entity })}>`,
    '<tuple id="caller">',
    '<status>',
    '<gp:geopriv>',
    `<gp:location-info><cl:civicAddress>${civic.join('')}</cl:civicAddress></gp:location-info>`,
    '<gp:usage-rules><gbp:retransmission-allowed>yes</gbp:retransmission-allowed></gp:usage-rules>',
    '<gp:method>Manual</gp:method>',
    '</gp:geopriv>',
    '</status>',
    `<timestamp>${new Date(atMs).toISOString()}</timestamp>`,
    '</tuple>',
    '</presence>',
  ].join('\r\n')
}
