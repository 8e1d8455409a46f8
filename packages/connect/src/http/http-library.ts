/** The HTTP library: routing, parsing, limits. The only file that knows it. */
export { default as Fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
