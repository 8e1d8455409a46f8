/** The event stream as OpenAPI describes it: a WebSocket is no operation of request and reply, but it has a place. */
export const eventStreamPath = '/api/v1/events'

export const eventStreamDescription = {
  operationId: 'followEvents',
  tags: ['history'],
  summary: 'Live events over a WebSocket (RFC 6455), resumable by number',
  description:
    'Each text message is one `Event`: first those after `after`, then what happens, without gap or repetition; without `after` from now on. With `notices=1` also each `Notice`: what is true now and is not kept. With `brief=1`, as screens read it: an event comes without `companyId`, and an event of a call with no more `data` than screens need before they read its story (`GET /api/v1/calls/{callId}`); of several steps of one call in one moment the last may stand for all. Programs send `Authorization: Bearer TOKEN`, browsers ask for the subprotocols `vaxel.events.v1` and `bearer.TOKEN`. Close codes: 1008 the session has ended, 1013 too slow: connect again with the last number.',
  'x-access': 'user',
  security: [{ bearer: [] }],
  parameters: [
    { name: 'after', in: 'query', required: false, schema: { type: 'integer', minimum: 0 } },
    { name: 'notices', in: 'query', required: false, schema: { type: 'string', enum: ['1'] } },
    { name: 'brief', in: 'query', required: false, schema: { type: 'string', enum: ['1'] } },
    { name: 'companyId', in: 'query', required: false, schema: { type: 'string', maxLength: 64 } },
  ],
} as const
