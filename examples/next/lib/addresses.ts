/** This server as it reaches itself. */
export function localUrl(): string {
  return `http://localhost:${process.env.PORT ?? 3000}`;
}

/** The app as others reach it. */
export function appUrl(): string {
  const { APP_URL, VERCEL_PROJECT_PRODUCTION_URL: production } = process.env;
  return APP_URL ?? (production ? `https://${production}` : localUrl());
}
