/** Sends requests for the generated clients. */
export interface Transport {
    /** Answers with the parsed body; rejects with a ShopProblem or, when the shop can't be reached, a TypeError. */
    send(path: string, init: RequestInit, idempotent: boolean): Promise<unknown>;
}

/** What every generated client extends. */
export class ClientBase {
    protected readonly baseUrl = "";
    readonly #transport: Transport;

    constructor(transport: Transport) {
        this.#transport = transport;
    }

    protected send<T>(path: string, init: RequestInit, idempotent = false): Promise<T> {
        return this.#transport.send(path, init, idempotent) as Promise<T>;
    }
}
