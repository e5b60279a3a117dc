import type { NextFunction, Request, Response } from 'express';

/** The API serves data: a browser that displays it as a page must not run anything in it. */
export function securityHeaders(request: Request, response: Response, next: NextFunction) {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cache-Control', 'private, no-store');
  response.setHeader(
    'Content-Security-Policy',
    // Swagger UI is the one page the api serves, with its own scripts and inline styles.
    request.path.startsWith('/api/docs')
      ? "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
      : "default-src 'none'; frame-ancestors 'none'; sandbox",
  );
  next();
}
