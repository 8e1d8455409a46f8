/** Where packets of one received stream go: header fields as on the wire, SRTP already undone. */
export interface PacketSink {
  /**
   * @param payload   valid during the call only
   * @param arrivalMs monotonic clock
   * @param isComfortNoise the payload type is that of RFC 3389
   */
  receive(
    sequence: number,
    timestamp: number,
    ssrc: number,
    payload: Uint8Array,
    arrivalMs: number,
    isComfortNoise: boolean,
  ): void
}

/** Where encoded audio goes that the platform makes itself. The leg behind it owns sequence number, timestamp and SSRC. */
export interface FrameSink {
  /**
   * @param payload       one frame of the codec agreed on; valid during the call only
   * @param durationTicks how far the RTP timestamp moves for the next frame, ticks of the codec's clock rate
   * @param isTalkStart   the first frame after a pause or of a new source: the marker bit (RFC 3551 §4.1)
   */
  sendFrame(payload: Uint8Array, durationTicks: number, isTalkStart: boolean): void
}
