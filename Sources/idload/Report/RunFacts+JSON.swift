internal import Console

extension RunFacts {
    /// Writes the members that say what was run; the seed is among those of the plan.
    func write(_ json: inout JSONText) {
        json.key("command_line")
        json.array { json in
            for argument in commandLine { json.string(argument) }
        }
        json.key("version")
        json.string(version)
        json.key("host")
        json.object { json in
            for (name, text) in [
                ("system", host.system), ("machine", host.machine), ("processor", host.processor),
            ] {
                json.key(name)
                json.string(text)
            }
            json.key("processors")
            json.number(host.processorCount)
            json.key("memory_bytes")
            json.number(host.memoryByteCount)
        }
    }
}
