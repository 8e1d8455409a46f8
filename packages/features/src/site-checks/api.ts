import { isRefusal } from '@vaxel/base'
import {
  endSiteCheck,
  endSiteStream,
  openSiteEchoPorts,
  type OperationHandler,
  perform,
  readSiteEcho,
  readSiteStream,
  keepSiteCheckReport,
  startSiteCheck,
  startSiteStream,
} from '@vaxel/contract'
import type { CheckService } from './check-service.ts'

/** Requests and answers of checks; the check's own key opens it, no login does. */
export function siteCheckHandlers(checks: CheckService): readonly OperationHandler[] {
  const askerOf = (request: {
    readonly params: { readonly checkId: string }
    readonly client: { readonly bearer: string | undefined }
  }) => ({ checkId: request.params.checkId, bearer: request.client.bearer })
  return [
    perform(startSiteCheck, ({ address, client, body }) => checks.start({ ...body, address, origin: client.origin })),
    perform(endSiteCheck, (request) => checks.end(askerOf(request))),
    perform(openSiteEchoPorts, (request) => checks.openPorts(askerOf(request), request.body.ports)),
    perform(readSiteEcho, (request) => checks.heard(askerOf(request))),
    perform(startSiteStream, (request) => checks.openStream(askerOf(request), request.body, request.address)),
    perform(readSiteStream, async (request) => {
      const figures = await checks.figures(askerOf(request), request.params.streamId)
      return isRefusal(figures) ? figures : { ...figures }
    }),
    perform(endSiteStream, (request) => checks.endStream(askerOf(request), request.params.streamId)),
    perform(keepSiteCheckReport, (request) => checks.keepReport(askerOf(request), request.body, request.address)),
  ]
}
