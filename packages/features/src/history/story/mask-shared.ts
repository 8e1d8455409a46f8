/** What of credentials may leave the house: the scheme and the realm. */
const credentials =
  /^((?:Proxy-)?Authorization|Proxy-Authenticate|WWW-Authenticate|Authentication-Info):[ \t]*([^\r\n]*)/gim
const keys = /^(a=crypto:\S+ \S+ inline:|a=ice-pwd:)[^\r\n]*/gim
const tokens = /^(Identity|Cookie|Set-Cookie):[^\r\n]*/gim

/**
 * Takes out of a SIP message what nobody outside may have, beyond what is masked when it is kept: whole credentials, SRTP keys, ICE
 * passwords, identity tokens.
 */
export function maskShared(text: string): string {
  return text
    .replace(credentials, (_, name: string, value: string) => {
      const realm = /realm="[^"]*"/i.exec(value)?.[0] ?? ''
      return `${name}: ${value.split(/\s/)[0] ?? ''} ${realm ? `${realm}, ` : ''}…`
    })
    .replace(keys, '$1…')
    .replace(tokens, '$1: …')
}
