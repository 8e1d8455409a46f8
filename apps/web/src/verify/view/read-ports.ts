/** Reads what was typed; `wrong` is what is no port. */
export function readPorts(text: string): { readonly ports: readonly number[]; readonly wrong: readonly string[] } {
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  const isPort = (part: string): boolean => /^\d{1,5}$/.test(part) && Number(part) >= 1 && Number(part) <= 65_535
  const ports = [...new Set(parts.filter(isPort).map(Number))]
  return { ports: ports.slice(0, 8), wrong: [...parts.filter((part) => !isPort(part)), ...ports.slice(8).map(String)] }
}
