import { algOfSiteCheck } from './alg/site-alg-check.ts'
import type { Check } from './check/check.ts'
import { dnsCheck } from './dns/dns-check.ts'
import { natOfSiteCheck } from './nat/site-nat-check.ts'
import { dscpSurvivalCheck, pathMtuOfSiteCheck, udpRangeCheck } from './path/site-checks.ts'
import { severalCheck } from './stream/several-check.ts'
import { streamCheck } from './stream/stream-check.ts'
import { tcpCheck } from './tcp/tcp-check.ts'
import { ntpCheck } from './time/ntp-check.ts'
import { tlsCheck } from './tls/tls-check.ts'
import { turnCheck } from './turn/turn-check.ts'
import { webSocketCheck } from './web/web-socket-check.ts'

/** In the order in which they begin; those that need quiet come after all others. */
export const allChecks: readonly Check[] = [
  ntpCheck,
  dnsCheck,
  tcpCheck,
  tlsCheck,
  webSocketCheck,
  turnCheck,
  udpRangeCheck,
  natOfSiteCheck,
  algOfSiteCheck,
  dscpSurvivalCheck,
  pathMtuOfSiteCheck,
  severalCheck,
  streamCheck,
]
