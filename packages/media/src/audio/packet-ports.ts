/** Payload type of comfort noise at 8000 Hz (RFC 3389 §4, RFC 3551 table 4). */
export const comfortNoisePayloadType = 13

/** Where encoded audio goes that the platform makes itself. The leg behind it owns sequence number, timestamp and SSRC. */
export interface FrameSink {
  /**
   * @param payload       one frame of the codec agreed on; valid during the call only
   * @param durationTicks how far the RTP timestamp moves for the next frame, ticks of the codec's clock rate
   * @param pauseTicks    how long nothing was sent between the end of the last frame and this one; above 0, a talk spurt
   *                      begins and the packet has its marker bit set (RFC 3551 §4.1)
   */
  sendFrame(payload: Uint8Array, durationTicks: number, pauseTicks: number): void
  /** Whether a frame would be sent now; one that would not need not be encoded. A sink that does not say takes all. */
  isOpen?(): boolean
  /** Nothing more comes: what was kept back until a packet was full is sent. */
  flush?(): void
}
