/** Calls back now and again while the page is looked at, when it is looked at again and when the connection is back. */
export function lookAgain(everyMs: number, look: () => void): () => void {
  const lookIfSeen = () => document.visibilityState === 'visible' && navigator.onLine && look();
  const timer = setInterval(lookIfSeen, everyMs);
  window.addEventListener('online', lookIfSeen);
  document.addEventListener('visibilitychange', lookIfSeen);
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', lookIfSeen);
    document.removeEventListener('visibilitychange', lookIfSeen);
  };
}
