import type { Transport } from "./client-base.js";
import { ShopProblem } from "./problem.js";

/** What a shopper holds; keep it to go on later. */
export interface Tokens {
    accessToken: string | null;
    refreshToken: string | null;
    cartToken: string | null;
}

export interface ConnectionOptions {
    baseUrl: string;
    tokens: Tokens;
    fetch: typeof globalThis.fetch;
    onTokens: (tokens: Readonly<Tokens>) => void;
}

interface Received {
    etag: string | null;
    nextCursor: string | null;
    total: number | null;
}

const maxTries = 4;
const signsIn = new Set(["/auth/login", "/auth/refresh"]);
const mergesCart = new Set(["/auth/login", "/auth/register", "/users"]);

/** One shopper's line to the shop: carries tokens, repeats what is safe to repeat, remembers headers of answers. */
export class Connection implements Transport {
    readonly #options: ConnectionOptions;
    readonly #received = new WeakMap<object, Received>();
    #refreshing: Promise<boolean> | null = null;

    constructor(options: ConnectionOptions) {
        this.#options = options;
    }

    get tokens(): Tokens {
        return this.#options.tokens;
    }

    /** The headers that came with an answer. */
    received(answer: object): Received | undefined {
        return this.#received.get(answer);
    }

    async send(path: string, init: RequestInit, idempotent: boolean): Promise<unknown> {
        const headers = new Headers(init.headers);
        if (idempotent && !headers.has("Idempotency-Key")) {
            headers.set("Idempotency-Key", crypto.randomUUID());
        }
        const repeatable = idempotent || init.method === "GET" || init.method === "HEAD";
        let response = await this.#repeat(path, { ...init, headers }, repeatable);
        if (response.status === 401 && !path.startsWith("/auth/") && (await this.#refresh())) {
            response = await this.#repeat(path, { ...init, headers }, repeatable);
        }
        if (!response.ok) {
            throw await ShopProblem.from(response);
        }
        return this.#read(path, response);
    }

    async #repeat(path: string, init: RequestInit & { headers: Headers }, repeatable: boolean): Promise<Response> {
        for (let tries = 1; ; tries++) {
            let wait = 100 * 2 ** tries * (0.5 + Math.random());
            try {
                const response = await this.#options.fetch(this.#options.baseUrl + path, { ...init, headers: this.#sign(path, init.headers) });
                if (tries === maxTries || !(await mayRepeat(response, repeatable))) {
                    return response;
                }
                wait = Math.max(wait, 1000 * Number(response.headers.get("Retry-After") ?? 0));
            } catch (failure) {
                if (tries === maxTries || !repeatable || init.signal?.aborted) {
                    throw failure;
                }
            }
            await new Promise((done) => setTimeout(done, wait));
        }
    }

    #sign(path: string, own: Headers): Headers {
        const headers = new Headers(own);
        const { accessToken, cartToken } = this.tokens;
        if (accessToken !== null && !signsIn.has(path)) {
            headers.set("Authorization", `Bearer ${accessToken}`);
        }
        if (cartToken !== null && !headers.has("X-Cart-Token")) {
            headers.set("X-Cart-Token", cartToken);
        }
        return headers;
    }

    async #read(path: string, response: Response): Promise<unknown> {
        const cartToken = response.headers.get("X-Cart-Token");
        if (cartToken !== null) {
            this.#keep({ cartToken });
        } else if (mergesCart.has(path)) {
            this.#keep({ cartToken: null });
        }
        if (response.status === 204) {
            return undefined;
        }
        const type = response.headers.get("Content-Type") ?? "";
        if (!type.includes("json")) {
            return type.startsWith("text/") ? response.text() : response.blob();
        }
        const body: unknown = await response.json();
        if (body !== null && typeof body === "object") {
            if (signsIn.has(path)) {
                const pair = body as { access_token: string; refresh_token: string };
                this.#keep({ accessToken: pair.access_token, refreshToken: pair.refresh_token });
            }
            const total = response.headers.get("X-Total-Count");
            this.#received.set(body, {
                etag: response.headers.get("ETag"),
                nextCursor: response.headers.get("X-Next-Cursor"),
                total: total === null ? null : Number(total),
            });
        }
        return body;
    }

    /** A refresh token is good once, so whoever needs a new pair waits for the one refresh under way. */
    #refresh(): Promise<boolean> {
        this.#refreshing ??= this.#rotate().finally(() => (this.#refreshing = null));
        return this.#refreshing;
    }

    async #rotate(): Promise<boolean> {
        const { refreshToken } = this.tokens;
        if (refreshToken === null) {
            return false;
        }
        const response = await this.#options.fetch(`${this.#options.baseUrl}/auth/refresh`, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ refresh_token: refreshToken }),
        });
        if (response.ok) {
            await this.#read("/auth/refresh", response);
        } else if (response.status === 401) {
            this.#keep({ accessToken: null, refreshToken: null });
        }
        return response.ok;
    }

    #keep(change: Partial<Tokens>): void {
        Object.assign(this.tokens, change);
        this.#options.onTokens({ ...this.tokens });
    }
}

/** 429 means that nothing has happened; a busy shop or a key in flight are repeated only where that can't do harm. */
async function mayRepeat(response: Response, repeatable: boolean): Promise<boolean> {
    if (response.status === 429) {
        return Number(response.headers.get("Retry-After") ?? 0) <= 10;
    }
    if (!repeatable) {
        return false;
    }
    if (response.status === 409) {
        return (await ShopProblem.from(response.clone())).code === "idempotency_in_flight";
    }
    return response.status === 502 || response.status === 503 || response.status === 504;
}
