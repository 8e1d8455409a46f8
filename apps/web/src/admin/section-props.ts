export interface SectionProps {
  /** What the path says beyond the section. */
  readonly id: string | undefined
}
