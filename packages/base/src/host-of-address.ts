/**
 * The host of an address with a port, without brackets.
 * @example hostOfAddress('[2001:db8::1]:5060') // '2001:db8::1'
 */
export const hostOfAddress = (address: string): string =>
  address.slice(0, address.lastIndexOf(':')).replace(/^\[|\]$/g, '')
