export async function checkDocs(_root: string): Promise<string[]> {
  return []
}
