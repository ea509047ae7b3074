// A real OpenID Connect provider on loopback, for the tests of signing in. Whoever comes to its door has signed in there as the
// person that the test told it last (PUT /person, its claims); consent is given; signing out asks, as providers do.
import http from "node:http";
import { Provider } from "oidc-provider";

const port = Number(process.env.OIDC_PORT);
const portal = process.env.OIDC_PORTAL;
const people = new Map();
let atTheDoor = "nobody";

const client = (name) => ({
  client_id: `${name}-client`,
  client_secret: "a-secret-of-the-test",
  token_endpoint_auth_method: "client_secret_post",
  redirect_uris: [`${portal}/connexion/${name}/retour`],
  post_logout_redirect_uris: [`${portal}/connexion/${name}/sortie`],
});

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [client("familles"), client("agents")],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  cookies: { keys: ["only for the tests"] },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = `<p>Sign out of the provider?</p>${form.replace("</form>", '<input type="hidden" name="logout" value="yes"/></form>')}`;
      },
    },
  },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ ...people.get(id), sub: id }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

const answer = provider.callback();
http
  .createServer(async (req, res) => {
    if (req.method === "PUT" && req.url === "/person") {
      const told = [];
      for await (const part of req) told.push(part);
      const { sub, ...claims } = JSON.parse(Buffer.concat(told).toString());
      people.set(sub, claims);
      atTheDoor = sub;
      res.writeHead(204).end();
    } else if (req.url.startsWith("/interaction/")) {
      await provider
        .interactionFinished(req, res, { login: { accountId: atTheDoor } })
        .catch((why) => res.writeHead(500).end(String(why)));
    } else {
      answer(req, res);
    }
  })
  .listen(port, "127.0.0.1");
