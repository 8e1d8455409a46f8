/**
 * CPU of the SIP stack alone: back-to-back calls (INVITE, 100, 180, 200, ACK, BYE on both legs), without sockets, media or routing.
 * The callers and callees are templates, counted in. `node bench/sip-stack.ts [calls]` prints one line of JSON.
 */
import { type FlowId, silentLogger, systemClock } from '@vaxel/base'
import { createSipStack, type Flow, type InviteUas, type InviteUsage } from '@vaxel/sip'

const calls = Number(process.argv[2] ?? 20_000)
const sdp =
  'v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 49170 RTP/AVP 8 0 9 101\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n'

const makeFlow = (name: string, address: string): Flow => ({
  id: name as FlowId,
  protocol: 'udp',
  local: { address: '10.0.0.1', port: 5060 },
  remote: { address, port: 5060 },
  isOpen: true,
})
const callerFlow = makeFlow('caller', '10.0.0.2')
const calleeFlow = makeFlow('callee', '10.0.0.3')
const encoder = new TextEncoder()
const inbox: Array<[Flow, string]> = []
let done = 0
let messages = 0

const header = (text: string, name: string): string => {
  const start = text.indexOf(`\r\n${name}: `)
  return text.slice(start + 2, text.indexOf('\r\n', start + 2))
}

function answer(request: string, status: string, body = ''): string {
  const to = header(request, 'To')
  return `SIP/2.0 ${status}\r\n${header(request, 'Via')}\r\n${header(request, 'From')}\r\n${to.includes(';tag=') ? to : `${to};tag=callee`}\r\n${header(request, 'Call-ID')}\r\n${header(request, 'CSeq')}\r\nContact: <sip:callee@10.0.0.3:5060>\r\n${body ? 'Content-Type: application/sdp\r\n' : ''}Content-Length: ${body.length}\r\n\r\n${body}`
}

function atCallee(text: string): void {
  if (text.startsWith('INVITE')) {
    inbox.push([calleeFlow, answer(text, '180 Ringing')], [calleeFlow, answer(text, '200 OK', sdp)])
  } else if (text.startsWith('BYE')) inbox.push([calleeFlow, answer(text, '200 OK')])
}

function callerRequest(method: string, number: number, seq: number, to: string, body = ''): string {
  return `${method} sip:201@10.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bK${method}${number};rport\r\nMax-Forwards: 70\r\nFrom: <sip:caller@10.0.0.2>;tag=caller\r\n${to}\r\nCall-ID: ${number}@10.0.0.2\r\nCSeq: ${seq} ${method}\r\nContact: <sip:caller@10.0.0.2:5060>\r\n${body ? 'Content-Type: application/sdp\r\n' : ''}Content-Length: ${body.length}\r\n\r\n${body}`
}

function atCaller(text: string): void {
  const number = Number.parseInt(header(text, 'Call-ID').slice(9), 10)
  const cseq = header(text, 'CSeq')
  if (!text.startsWith('SIP/2.0 200')) return
  if (cseq.endsWith('BYE')) {
    done++
    return
  }
  const to = header(text, 'To')
  inbox.push([callerFlow, callerRequest('ACK', number, 1, to)], [callerFlow, callerRequest('BYE', number, 2, to)])
}

const stack = createSipStack({
  clock: systemClock,
  log: silentLogger,
  product: 'Vaxel',
  transport: {
    send(flow, bytes) {
      messages++
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
      if (flow === callerFlow) atCaller(text)
      else atCallee(text)
    },
    resolve: async () => [],
    connect: async () => calleeFlow,
    advertised: (flow) => flow.local,
  },
})

stack.setUser({
  onRequest() {},
  onInvite(inLeg: InviteUas) {
    const outLeg: InviteUsage = stack.invite(
      {
        uri: 'sip:callee@10.0.0.3',
        from: '<sip:caller@10.0.0.1>',
        to: '<sip:callee@10.0.0.3>',
        flow: calleeFlow,
        offer: inLeg.offer,
      },
      {
        onProvisional: (response) => response.status === 180 && inLeg.progress(180),
        onAccepted: (_, sdpAnswer) => inLeg.accept(sdpAnswer ?? ''),
        onEnded: () => inLeg.end(),
      },
    )
    inLeg.setHandlers({ onEnded: () => outLeg.end() })
  },
})

const batch = 50
let begun = 0
function begin(): void {
  for (let i = 0; i < batch && begun < calls; i++, begun++) {
    inbox.push([callerFlow, callerRequest('INVITE', begun, 1, 'To: <sip:201@10.0.0.1>', sdp)])
  }
}

async function run(): Promise<void> {
  while (done < calls) {
    begin()
    while (inbox.length > 0) {
      for (const [flow, text] of inbox.splice(0)) {
        messages++
        stack.receive(flow, encoder.encode(text))
      }
      await Promise.resolve()
    }
  }
}

const before = process.cpuUsage()
await run()
const used = process.cpuUsage(before)
const cpuSeconds = (used.user + used.system) / 1e6
const report = {
  what: 'two-leg calls in the SIP stack',
  calls,
  messagesPerCall: messages / calls,
  cpuSecondsPer1000Calls: Number(((cpuSeconds / calls) * 1000).toFixed(4)),
  heapMegabytes: Math.round(process.memoryUsage().heapUsed / 1e6),
  counts: stack.counts(),
}
process.stdout.write(`${JSON.stringify(report)}\n`)
stack.close()
