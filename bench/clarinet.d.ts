declare module 'clarinet' {
  const clarinet: { parser(): { write(text: string): void; close(): void } };
  export default clarinet;
}
