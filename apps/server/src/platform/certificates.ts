import { CertificateKeeper, CertificateOffice } from '@vaxel/connect'
import { openFtps } from '../ftps.ts'
import type { Ground } from './ground.ts'
import type { Transport } from './transport.ts'

/** The certificate that the platform shows, renewed in time for everybody who shows it; FTPS is one of them. */
export async function keepCertificates(
  ground: Ground,
  { certificateFolder: folder, certificateNames: names, certificates, network }: Transport,
) {
  const { clock, log, scope, later } = ground
  const ftps = await openFtps({
    ...ground,
    certificate: certificates.server,
    advertise: (peer) => network.advertisedAddress(peer),
  })
  scope.add(() => ftps.close())
  const keeper = new CertificateKeeper({
    clock,
    log,
    folder,
    names,
    current: certificates,
    onRenewed: ({ server }) => {
      network.replaceCertificate(server)
      later.web?.replaceCertificate(server)
      ftps.replaceCertificate(server)
    },
  })
  scope.add(() => keeper.stop())
  const office = await CertificateOffice.open({ clock, log, folder, keeper })
  scope.add(() => office.close())
  later.ownCertificate = () => office.served()
  return { ftps, office }
}
