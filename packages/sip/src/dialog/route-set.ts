import { parseNameAddress } from '../message/name-address.ts'
import { parseUri, type Uri } from '../message/uri.ts'

/** Request-URI and Route values of a request within a dialog, and the URI whose host it is sent to. */
export interface RoutedRequest {
  readonly uri: string
  readonly routes: readonly string[]
  readonly nextHop: string
}

/**
 * Applies a route set (RFC 3261 §12.2.1.1). A first route with `lr` is loose: the target stays the Request-URI. Without `lr`
 * the first hop is a strict router: its URI becomes the Request-URI and the target goes to the end of the Route values.
 * @param routes header values, first hop first
 * @example applyRouteSet('sip:a@x', ['<sip:p;lr>'])  // { uri: 'sip:a@x', routes: ['<sip:p;lr>'], nextHop: 'sip:p;lr' }
 * @example applyRouteSet('sip:a@x', ['<sip:p>'])     // { uri: 'sip:p', routes: ['<sip:a@x>'], nextHop: 'sip:p' }
 */
export function applyRouteSet(target: string, routes: readonly string[]): RoutedRequest {
  const first = routes[0] === undefined ? undefined : parseNameAddress(routes[0])
  if (!first) return { uri: target, routes: [], nextHop: target }
  const nextHop = first.uri.toString()
  if (first.uri.parameters.has('lr')) return { uri: target, routes, nextHop }
  return { uri: asRequestUri(first.uri), routes: [...routes.slice(1), `<${target}>`], nextHop }
}

/** A URI without what a Request-URI may not have (§19.1.1): headers and the method parameter. */
function asRequestUri(uri: Uri): string {
  const copy = parseUri(uri.toString())!
  copy.headers.clear()
  copy.parameters.delete('method')
  return copy.toString()
}
