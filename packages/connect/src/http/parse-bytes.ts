import type { FastifyInstance } from './http-library.ts'

/** Takes `application/octet-stream` for the operations that ask for bytes, up to their limit, and for no other. */
export function parseBytes(app: FastifyInstance): void {
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (request, body, done) => {
    const { takesBytes } = request.routeOptions.config as { takesBytes?: boolean }
    if (takesBytes === true) return done(null, body)
    done(Object.assign(new Error('JSON is wanted'), { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE', statusCode: 415 }))
  })
}
