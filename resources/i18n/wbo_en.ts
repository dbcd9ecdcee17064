<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AddWalletDialog</name>
    <message numerus="yes">
        <source>Refunds can go to it %n hour(s) after it was verified, since the desk added it.</source>
        <translation>
            <numerusform>Refunds can go to it %n hour after it was verified, since the desk added it.</numerusform>
            <numerusform>Refunds can go to it %n hours after it was verified, since the desk added it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AddressCompare</name>
    <message numerus="yes">
        <source>%n character(s) differ: not the same address</source>
        <translation>
            <numerusform>%n character differs: not the same address</numerusform>
            <numerusform>%n characters differ: not the same address</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConfirmCustodialImportDialog</name>
    <message numerus="yes">
        <source>Confirm %n account(s)</source>
        <translation>
            <numerusform>Confirm %n account</numerusform>
            <numerusform>Confirm %n accounts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%n block(s) to go</source>
        <translation>
            <numerusform>%n block to go</numerusform>
            <numerusform>%n blocks to go</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n h</numerusform>
            <numerusform>%n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <translation>
            <numerusform>%n s</numerusform>
            <numerusform>%n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GrantPermissionDialog</name>
    <message numerus="yes">
        <source>Apply %n change(s)</source>
        <translation>
            <numerusform>Apply %n change</numerusform>
            <numerusform>Apply %n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportCustodialAccountsDialog</name>
    <message numerus="yes">
        <source>%n line(s) have to be corrected in the file; nothing is imported until all are right.</source>
        <translation>
            <numerusform>%n line has to be corrected in the file; nothing is imported until all are right.</numerusform>
            <numerusform>%n lines have to be corrected in the file; nothing is imported until all are right.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s), all of them right.</source>
        <translation>
            <numerusform>%n line, and it is right.</numerusform>
            <numerusform>%n lines, all of them right.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new account(s) imported.</source>
        <translation>
            <numerusform>%n new account imported.</numerusform>
            <numerusform>%n new accounts imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %n account(s)</source>
        <translation>
            <numerusform>Import %n account</numerusform>
            <numerusform>Import %n accounts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message numerus="yes">
        <source>%n account(s) in this import.</source>
        <translation>
            <numerusform>%n account in this import.</numerusform>
            <numerusform>%n accounts in this import.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n row(s)</source>
        <translation>
            <numerusform>about %n row</numerusform>
            <numerusform>about %n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RefuseCustodialImportDialog</name>
    <message numerus="yes">
        <source>Refuse %n account(s)</source>
        <translation>
            <numerusform>Refuse %n account</numerusform>
            <numerusform>Refuse %n accounts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SaveNetworkDialog</name>
    <message numerus="yes">
        <source>There are only %n node(s) above.</source>
        <translation>
            <numerusform>There is only %n node above.</numerusform>
            <numerusform>There are only %n nodes above.</numerusform>
        </translation>
    </message>
</context>
</TS>
