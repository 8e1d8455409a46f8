/** One `a=` line: `a=name` or `a=name:value`. */
export interface Attribute {
  readonly name: string
  /** Absent for a property attribute (`a=sendrecv`). */
  readonly value?: string
}

/** `o=` (RFC 8866 §5.2). Identifiers are decimal digits and may exceed 2^53, so they stay text. */
export interface Origin {
  readonly username: string
  readonly sessionId: string
  readonly sessionVersion: string
  readonly family: 4 | 6
  /** IP literal or host name. */
  readonly address: string
}

/** `c=` (RFC 8866 §5.7), unicast. */
export interface Connection {
  readonly family: 4 | 6
  /** IP literal or host name, without multicast TTL. */
  readonly address: string
}

/** `m=` with the lines that belong to it (RFC 8866 §5.14). */
export interface MediaDescription {
  /** `audio`, `video`, `application` … in lower case. */
  readonly kind: string
  /** 0 to 65535; 0 = rejected or not used (RFC 3264 §6). */
  readonly port: number
  /** As written: `RTP/AVP`, `RTP/SAVP`, `UDP/TLS/RTP/SAVPF` … */
  readonly protocol: string
  /** As written; for RTP these are payload types in decimal. */
  readonly formats: readonly string[]
  readonly connection?: Connection
  readonly attributes: readonly Attribute[]
}

/** A session description (RFC 8866) as far as calls need it; lines without meaning for us are left out on reading. */
export interface SessionDescription {
  readonly origin: Origin
  readonly name: string
  readonly connection?: Connection
  readonly attributes: readonly Attribute[]
  readonly media: readonly MediaDescription[]
}

/** Where attributes stand: a session or a media description. */
export interface HasAttributes {
  readonly attributes: readonly Attribute[]
}

/** Value of the first attribute of this name; `''` for a property attribute, undefined where there is none. */
export function attributeOf(where: HasAttributes, name: string): string | undefined {
  for (const attribute of where.attributes) if (attribute.name === name) return attribute.value ?? ''
  return undefined
}

/** Values of all attributes of this name, in order; `''` for property attributes. */
export function attributesOf(where: HasAttributes, name: string): string[] {
  const values: string[] = []
  for (const attribute of where.attributes) if (attribute.name === name) values.push(attribute.value ?? '')
  return values
}
