import type { Reach } from '@vaxel/features/site-checks'
import type { Configuration } from './configuration.ts'

/** Where somebody who checks a network is to look for the platform. */
export function siteReach(configuration: Configuration, address: (peerAddress: string) => string): Reach {
  const { publicAddress, httpPort, httpsPort, sipPort, sipsPort, stunPort, mediaPort } = configuration
  return {
    address,
    ...(publicAddress === undefined ? {} : { name: publicAddress }),
    ports: { web: httpPort, webTls: httpsPort, sip: sipPort, sips: sipsPort, stun: stunPort, media: mediaPort },
  }
}
