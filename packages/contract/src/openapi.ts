import type { RefusalKind } from '@vaxel/base'
import type { TSchema } from 'typebox'
import { eventKinds } from './events/event-kinds.ts'
import { noticeKinds } from './events/notice-kinds.ts'
import { eventStreamDescription, eventStreamPath } from './event-stream.ts'
import { Event } from './objects/event.ts'
import { Notice } from './objects/notice.ts'
import { Problem } from './objects/problem.ts'
import type { Operation } from './operation.ts'
import { bytesOf } from './reply-bytes.ts'
import { takesBytes } from './sent-bytes.ts'

type Json = Record<string, unknown>

/** OpenAPI 3.1 of these operations; schemas with a title become components. */
export function makeOpenApi(operations: readonly Operation[], version: string): Json {
  const components = new Map<string, Json>()
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const path = paths[operation.path] ?? {}
    paths[operation.path] = path
    path[operation.method.toLowerCase()] = describe(operation, components)
  }
  paths[eventStreamPath] = {
    get: {
      ...eventStreamDescription,
      responses: {
        101: {
          description: 'The stream is open.',
          'x-messages': refer(Event, components),
          'x-notices': refer(Notice, components),
        },
        default: problemReply('Refused, by its `code`.', components),
      },
    },
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Vaxel',
      version,
      description:
        'Everything that the portal can do. Log in with POST /api/v1/sessions, then send the token as bearer. Errors are RFC 9457 problem details with a stable code. Live events: WebSocket /api/v1/events?after=NUMBER.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: Object.fromEntries(components),
    },
    'x-event-kinds': eventKinds.map(({ kind, summary, audience, data }) => ({
      kind,
      summary,
      audience,
      data: refer(data, components),
    })),
    'x-notice-kinds': noticeKinds.map(({ kind, summary, data }) => ({ kind, summary, data: refer(data, components) })),
  }
}

function describe(operation: Operation, components: Map<string, Json>): Json {
  const { id, tag, summary, description, access, body, reply, status } = operation
  const replies: Record<string, Json> = {
    [status]: reply
      ? { description: 'Done.', content: contentOf(reply, components) }
      : { description: 'Done; nothing to tell.' },
  }
  for (const [http, kinds] of byStatus(operation.errors))
    replies[http] = problemReply(kinds.map(({ code, text }) => `\`${code}\`: ${text}`).join('\n\n'), components)
  replies.default = problemReply('Whatever else went wrong, by its `code`.', components)
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description ? { description } : {}),
    'x-access': access,
    security: access === 'anyone' ? [] : [{ bearer: [] }],
    parameters: [
      ...parameters(operation.params, 'path', components),
      ...parameters(operation.query, 'query', components),
    ],
    ...(body
      ? {
          requestBody: {
            required: true,
            content: {
              [takesBytes(body) ? 'application/octet-stream' : 'application/json']: { schema: refer(body, components) },
            },
          },
        }
      : {}),
    responses: replies,
  }
}

/** JSON, or a file of one of a few types. */
function contentOf(reply: TSchema, components: Map<string, Json>): Json {
  const files = bytesOf(reply)
  if (!files) return { 'application/json': { schema: refer(reply, components) } }
  return Object.fromEntries(files.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]))
}

const problemReply = (description: string, components: Map<string, Json>): Json => ({
  description,
  content: { 'application/problem+json': { schema: refer(Problem, components) } },
})

function byStatus(errors: readonly RefusalKind[]): Map<number, RefusalKind[]> {
  const sorted = new Map<number, RefusalKind[]>()
  for (const kind of errors) {
    const known = sorted.get(kind.http)
    if (!known) sorted.set(kind.http, [kind])
    else if (!known.includes(kind)) known.push(kind)
  }
  return sorted
}

function parameters(of: Operation['params'], where: 'path' | 'query', components: Map<string, Json>): Json[] {
  const required: readonly string[] = of.required ?? []
  return Object.entries(of.properties).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: refer(schema, components),
  }))
}

/** A copy of a schema in plain JSON, in which every titled part is a reference to a component. */
function refer(schema: TSchema, components: Map<string, Json>): Json {
  const plain = JSON.parse(JSON.stringify(schema)) as Json
  return replace(plain, components) as Json
}

function replace(value: unknown, components: Map<string, Json>): unknown {
  if (Array.isArray(value)) return value.map((entry) => replace(entry, components))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, entry]) => [key, replace(entry, components)] as const)
  const copy: Json = Object.fromEntries(entries)
  const { title } = copy
  if (typeof title !== 'string' || !('type' in copy || 'anyOf' in copy)) return copy
  const known = components.get(title)
  if (known && JSON.stringify(known) !== JSON.stringify(copy)) throw new Error(`two schemas are called ${title}`)
  components.set(title, copy)
  return { $ref: `#/components/schemas/${title}` }
}
