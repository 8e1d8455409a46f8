/** The WebSocket library (RFC 6455). The only file that knows it. */
export { type WebSocket, WebSocketServer } from 'ws'
