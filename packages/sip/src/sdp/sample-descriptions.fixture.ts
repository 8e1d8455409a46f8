/** Session descriptions in the manner of the peers that must work; keys and addresses are made up. */
const crlf = (text: string) => `${text.trim().replaceAll('\n', '\r\n')}\r\n`

export const baresipPlain = crlf(`
v=0
o=- 3456789012 1234567890 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio 20346 RTP/AVP 96 9 8 0 101
b=AS:125
a=rtpmap:96 opus/48000/2
a=fmtp:96 stereo=1;sprop-stereo=1;useinbandfec=1
a=rtpmap:9 G722/8000
a=rtpmap:8 PCMA/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
a=rtcp:20347
a=sendrecv
a=label:1
a=rtcp-rsize
a=ssrc:2318461932 cname:sip:201@demo.vaxel.test
a=ptime:20
`)

export const baresipSdes = baresipPlain
  .replace('RTP/AVP', 'RTP/SAVP')
  .replace(
    'a=label:1',
    [
      'a=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd',
      'a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd',
      'a=label:1',
    ].join('\r\n'),
  )

export const linphoneVideo = crlf(`
v=0
o=202 3520 1863 IN IP4 192.0.2.20
s=Talk
c=IN IP4 192.0.2.20
t=0 0
a=ice-pwd:a7f3c0d1e2b4956878695a4b
a=ice-ufrag:1b2c3d4e
a=rtcp-xr:rcvr-rtt=all:10000 stat-summary=loss,dup,jitt,TTL voip-metrics
a=group:BUNDLE as vs
a=record:off
m=audio 7078 RTP/AVPF 96 97 98 0 8 18 101 99 100
c=IN IP4 192.0.2.20
a=rtpmap:96 opus/48000/2
a=fmtp:96 useinbandfec=1
a=rtpmap:97 speex/16000
a=fmtp:97 vbr=on
a=rtpmap:98 speex/8000
a=fmtp:98 vbr=on
a=fmtp:18 annexb=yes
a=rtpmap:101 telephone-event/48000
a=rtpmap:99 telephone-event/16000
a=rtpmap:100 telephone-event/8000
a=rtcp:7079
a=mid:as
a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
a=candidate:1 1 UDP 2130706303 192.0.2.20 7078 typ host
a=candidate:1 2 UDP 2130706302 192.0.2.20 7079 typ host
a=rtcp-fb:* trr-int 1000
a=rtcp-fb:* ccm tmmbr
m=video 9078 RTP/AVPF 96 97
a=rtpmap:96 VP8/90000
a=rtpmap:97 H264/90000
a=fmtp:97 profile-level-id=42801F
a=mid:vs
`)

export const chromium = crlf(`
v=0
o=- 4611731400430051336 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1
a=extmap-allow-mixed
a=msid-semantic: WMS 5a1f
m=audio 51472 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
c=IN IP4 192.0.2.30
a=rtcp:9 IN IP4 0.0.0.0
a=candidate:2880323124 1 udp 2122260223 192.0.2.30 51472 typ host generation 0 network-id 1 network-cost 10
a=candidate:3498147984 1 udp 2122197247 2001:db8::30 51473 typ host generation 0 network-id 2
a=candidate:842163049 1 tcp 1518280447 192.0.2.30 9 typ host tcptype active generation 0
a=candidate:1123456 1 udp 2122260222 0b6c1a4c-5f1e-4c6b-8b5e-e0b0c7f0a111.local 51474 typ host
a=ice-ufrag:Xk1P
a=ice-pwd:7pT3uB9KcW2qZl5xN8vY4rEo
a=ice-options:trickle
a=fingerprint:sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendrecv
a=msid:5a1f 9c3e
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=rtpmap:9 G722/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:8 PCMA/8000
a=rtpmap:13 CN/8000
a=rtpmap:110 telephone-event/48000
a=rtpmap:126 telephone-event/8000
a=ssrc:1370113029 cname:mM3RN6Z3
a=ssrc:1370113029 msid:5a1f 9c3e
m=video 9 UDP/TLS/RTP/SAVPF 96 97
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:Xk1P
a=ice-pwd:7pT3uB9KcW2qZl5xN8vY4rEo
a=fingerprint:sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08
a=setup:actpass
a=mid:1
a=recvonly
a=rtcp-mux
a=rtpmap:96 VP8/90000
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
`)

export const firefox = crlf(`
v=0
o=mozilla...THIS_IS_SDPARTA-99.0 5629087436118294773 0 IN IP4 0.0.0.0
s=-
t=0 0
a=fingerprint:sha-256 11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00
a=group:BUNDLE 0
a=ice-options:trickle
a=msid-semantic:WMS *
m=audio 9 UDP/TLS/RTP/SAVPF 109 9 0 8 101
c=IN IP4 0.0.0.0
a=candidate:0 1 UDP 2122252543 192.0.2.40 48711 typ host
a=sendrecv
a=end-of-candidates
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1
a=fmtp:101 0-15
a=ice-pwd:0dbcd1c5c26b5e0bd0b4a9e7f0c1d2e3
a=ice-ufrag:4f3e2d1c
a=mid:0
a=rtcp-mux
a=rtpmap:109 opus/48000/2
a=rtpmap:9 G722/8000/1
a=rtpmap:0 PCMU/8000
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000/1
a=setup:actpass
a=ssrc:1234567 cname:{c0ffee}
`)

/** A Snom-like offer with optional encryption: keys under RTP/AVP, session-level direction, bare LF. */
export const snomOptional = `v=0
o=root 1820293847 1820293847 IN IP4 192.0.2.50
s=call
c=IN IP4 192.0.2.50
t=0 0
m=audio 56380 RTP/AVP 9 8 0 3 99 18 101
a=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd
a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd|2^31
a=rtpmap:9 G722/8000
a=rtpmap:8 PCMA/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:3 GSM/8000
a=rtpmap:99 G726-32/8000
a=rtpmap:18 G729/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
a=ptime:20
a=sendrecv
`

/** A Yealink-like hold: sendonly, static formats without every rtpmap, ptime 30. */
export const yealinkHold = crlf(`
v=0
o=- 20001 20002 IN IP4 192.0.2.60
s=SDP data
c=IN IP4 192.0.2.60
t=0 0
m=audio 11780 RTP/AVP 8 0 101
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
a=ptime:30
a=sendonly
`)

/** Hold as RFC 2543 did it. */
export const oldHold = yealinkHold.replace('c=IN IP4 192.0.2.60', 'c=IN IP4 0.0.0.0').replace('a=sendonly\r\n', '')
