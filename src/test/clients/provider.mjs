// An OAuth client provider that keeps everything in memory and lets consent.mjs be its browser.
import { consent } from './consent.mjs';

export class Provider {
  redirectUrl = 'http://127.0.0.1:39199/callback';
  constructor(name, picks) {
    this.picks = picks;
    this.clientMetadata = {
      client_name: name,
      redirect_uris: [this.redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    };
  }
  clientInformation() { return this.information; }
  saveClientInformation(information) { this.information = information; }
  tokens() { return this.saved; }
  saveTokens(tokens) { this.saved = tokens; }
  saveCodeVerifier(verifier) { this.verifier = verifier; }
  codeVerifier() { return this.verifier; }
  discoveryState() { return this.discovered; }
  saveDiscoveryState(state) { this.discovered = state; }
  async redirectToAuthorization(url) { this.callback = (await consent(url, this.picks)).searchParams; }
}
